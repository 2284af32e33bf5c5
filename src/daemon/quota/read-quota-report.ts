/** What a client tells of Claude's quota, as readings; `null` where it tells nothing new. */
import { parseLimitMessage } from '../../adapters/claude-code/parse-limit-message.ts';
import { parseTime } from '../../adapters/files/parse-time.ts';
import type { QuotaReadings } from '../../core/quota/reading.ts';
import { toReadings } from '../../core/quota/to-readings.ts';
import type { ParsedQuotaReport } from '../../protocol/quota.ts';

const KEPT_SESSIONS = 500;

export function createReportReader(now: () => number): (report: ParsedQuotaReport) => QuotaReadings | null {
  const lastTold = new Map<string, string>();

  /** A session that is idle says the same for hours: it was true when it was first said, not now. */
  const isRepetition = (key: string, windows: string): boolean => {
    const repeated = lastTold.get(key) === windows;
    lastTold.delete(key);
    lastTold.set(key, windows);
    const [oldest] = lastTold.keys();
    if (lastTold.size > KEPT_SESSIONS && oldest !== undefined) lastTold.delete(oldest);
    return repeated;
  };

  return (report) => {
    if (report.source === 'limit-message') return parseLimitMessage(report.message, now());
    const { source, sessionId, windows } = report;
    if (isRepetition(`${source} ${sessionId}`, JSON.stringify(windows))) return null;
    const reports = windows.map(({ kind, percent, resetsAt }) => ({
      kind,
      percent,
      resetsAt: parseTime(resetsAt),
    }));
    return toReadings(reports, { readAt: now(), source });
  };
}
