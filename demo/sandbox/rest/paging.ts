import type { Context } from 'hono';
import { RestError } from './rest-error.ts';

const USUAL_SIZE = 50;
const LARGEST_SIZE = 1000;

function wholeNumber(c: Context, name: string, usual: number, largest: number): number {
  const text = c.req.query(name);
  if (text === undefined) return usual;
  if (!/^\d{1,9}$/.test(text)) throw new RestError(400, 20001, `${name} must be a whole number`);
  return Math.min(Number(text), largest);
}

/** One page of a list, newest first, in the envelope that Twilio's libraries follow (`next_page_uri`). */
export function page<Item>(c: Context, key: string, items: readonly Item[], resource: (item: Item) => object): object {
  const size = Math.max(1, wholeNumber(c, 'PageSize', USUAL_SIZE, LARGEST_SIZE));
  const number = wholeNumber(c, 'Page', 0, 1_000_000);
  const shown = items.slice(number * size, (number + 1) * size);
  const url = new URL(c.req.url);
  const uriOf = (which: number): string => {
    const query = new URLSearchParams(url.search);
    query.set('PageSize', String(size));
    query.set('Page', String(which));
    return `${url.pathname}?${query.toString()}`;
  };
  return {
    [key]: shown.map(resource),
    first_page_uri: uriOf(0),
    previous_page_uri: number > 0 ? uriOf(number - 1) : null,
    next_page_uri: (number + 1) * size < items.length ? uriOf(number + 1) : null,
    uri: `${url.pathname}${url.search}`,
    page: number,
    page_size: size,
    start: number * size,
    end: Math.max(number * size, number * size + shown.length - 1),
  };
}

/** RFC 2822, as the REST API writes times. */
export function restTime(time: Date): string {
  return time.toUTCString().replace('GMT', '+0000');
}
