/** Where each vendor's models are asked. */
export interface ProviderUrls {
  readonly anthropic: { readonly url: string };
  readonly openai: { readonly url: string };
  readonly google: { readonly url: string };
}
