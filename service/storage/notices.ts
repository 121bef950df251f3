import { randomUUID } from 'node:crypto';
import type { News } from '../calls/ports.ts';

/** The channel on which the nodes of one database tell each other (PostgreSQL: LISTEN). */
export const NEWS_CHANNEL = 'almasar_news';

/** The log has changed: what exactly stands there. */
export const LOG_NEWS = 'log';

/** What a node tells besides: news that stand in no table, or not for long. */
export interface Notice {
  topic: string;
  news: News;
}

/** PostgreSQL takes less than 8000 bytes at once; longer ones go in parts. */
const PART = 7_000;

export interface NoticeWriter {
  /** A notice as one or more payloads. */
  payloadsOf(notice: Notice): string[];
  /** Joins the parts that others sent; undefined for an incomplete notice and for an own one. */
  read(payload: string): Notice | undefined;
  /** Something may have been missed: parts without a beginning are left out. */
  forget(): void;
}

/** Notices of one node as PostgreSQL carries them. Base64, since parts are cut and text must stay whole. */
export function createNoticeWriter(): NoticeWriter {
  const node = randomUUID();
  const begun = new Map<string, string[]>();
  return {
    payloadsOf(notice) {
      const text = Buffer.from(JSON.stringify(notice)).toString('base64');
      const count = Math.ceil(text.length / PART);
      return Array.from({ length: count }, (_, index) =>
        [node, index, count, text.slice(index * PART, (index + 1) * PART)].join(' '),
      );
    },

    read(payload) {
      const [sender = '', index, count, part = ''] = payload.split(' ');
      if (sender === node) return undefined;
      const parts = Number(index) === 0 ? [] : begun.get(sender);
      if (parts?.length !== Number(index)) return undefined;
      parts.push(part);
      begun.set(sender, parts);
      if (parts.length < Number(count)) return undefined;
      begun.delete(sender);
      return JSON.parse(Buffer.from(parts.join(''), 'base64').toString()) as Notice;
    },

    forget: () => begun.clear(),
  };
}
