import * as z from 'zod';

/** Readers that the settings of several areas share. */

export const list = (text: string) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

/** A setting without which nothing works; `remedy` says where to get it. */
export function required(remedy: string) {
  return z
    .string({ error: `is missing. ${remedy}` })
    .trim()
    .min(1, `is empty. ${remedy}`);
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);

/** A host name or address of this machine that no other can reach. */
export const isLoopback = (hostname: string) => LOOPBACK.has(hostname);

/** https (or http to this machine), and nothing after the path: paths are appended to it. */
export function isBaseUrl(text: string): boolean {
  const url = URL.parse(text);
  if (!url || url.username || url.password || /[?#]/.test(text)) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}

export const withoutTrailingSlash = (text: string) => text.replace(/\/+$/, '');

/** A number in international form. */
export const E164 = /^\+[1-9]\d{6,14}$/;

export const onOff = z.enum(['on', 'off'], { error: 'must be on or off.' });
