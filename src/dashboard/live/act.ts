import type { LiveAction } from '../../protocol/live.ts';

/** @returns What went wrong; `null`: it is done. */
export async function act(action: LiveAction): Promise<string | null> {
  try {
    const response = await fetch('actions', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(action),
    });
    if (response.ok) return null;
    const { error } = await response.json();
    return String(error?.message ?? response.status);
  } catch (error) {
    return String(error);
  }
}
