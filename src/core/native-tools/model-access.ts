import type { Price } from './price-tokens.ts';
import type { SpokenPackage } from './spoken-packages.ts';

/** How a model is asked at its vendor's own interface. Holds a key: it stays in memory, neither written nor logged. */
export type ModelAccess = {
  readonly provider: string;
  /** As the vendor calls it. */
  readonly model: string;
  /** The package that speaks to the vendor. */
  readonly npm: SpokenPackage;
  readonly apiKey: string;
  readonly baseUrl: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly price: Price;
};

/** A login without a key (OAuth) is OpenCode's alone. */
export type NoAccess = 'not-connected' | 'no-key' | 'not-spoken' | 'for-claude';
