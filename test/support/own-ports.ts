/** Test files that run side by side look for ports in ranges of their own, or they race for the same one. */
export const OWN_BASE_PORT = 20_000 + 300 * Number(process.env.VITEST_POOL_ID ?? 0);

/** A configuration with that range, unless it names one. */
export function withOwnPorts(config: object): object {
  const { pool } = config as { readonly pool?: object };
  return { ...config, pool: { basePort: OWN_BASE_PORT, ...pool } };
}
