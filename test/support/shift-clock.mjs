// Loaded before a program (`--import`): its clock is wrong by SHIFT_CLOCK_MS, and that of every Node that it starts.
const shift = Number(process.env.SHIFT_CLOCK_MS ?? 0);
const RealDate = Date;
const now = () => RealDate.now() + shift;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  apply: () => new RealDate(now()).toString(),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});
