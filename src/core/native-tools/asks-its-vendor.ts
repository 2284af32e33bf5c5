import type { MessagesBody } from './messages-body.ts';

/** Whether only its own vendor can answer, with tools that run on its servers, such as a search of the web. */
export function asksItsVendor({ tools = [], tool_choice: choice }: MessagesBody): boolean {
  const ofTheVendor = tools.filter(({ input_schema: schema }) => schema === undefined);
  if (ofTheVendor.length === 0) return false;
  return ofTheVendor.length === tools.length || ofTheVendor.some(({ name }) => name === choice?.name);
}
