import * as z from 'zod';
import { isBaseUrl, list, onOff, withoutTrailingSlash } from './settings.ts';

/** Recordings: whether they are made, what the customer is told, where they lie and how long. */
export const recordingsShape = {
  RECORD_CALLS: z
    .enum(['on', 'off', 'outgoing', 'incoming'], { error: 'must be on, off, outgoing or incoming.' })
    .default('on'),
  RECORDING_OPT_OUT: onOff.default('off'),
  RECORDING_ANNOUNCEMENT: onOff.default('on'),
  RECORDING_ANNOUNCEMENT_AR: z.string().trim().max(500).default('هذه المكالمة مسجلة لضمان جودة الخدمة.'),
  RECORDING_ANNOUNCEMENT_EN: z.string().trim().max(500).default('This call is recorded to keep our service good.'),
  RECORDING_RETENTION_DAYS: z
    .string()
    .trim()
    .refine((text) => /^\d{1,5}$/.test(text) && Number(text) > 0, { error: 'must be a number of days, such as 90.' })
    .transform(Number)
    .optional(),
  RECORDING_COPIES: z
    .string()
    .trim()
    .refine((place) => /^(file:.+|s3:\/\/[a-z0-9.-]{3,63}(\/.*)?)$/.test(place), {
      error: 'must be file: and a folder, or s3:// and a bucket, such as s3://recordings/almasar.',
    })
    .optional(),
  RECORDING_DELETE_AT_CARRIER: onOff.default('off'),
  RECORDING_MEDIA_HOSTS: z
    .string()
    .transform(list)
    .refine((hosts) => hosts.every((host) => /^[a-z0-9.-]{1,253}$/.test(host)), {
      error: 'must be names of hosts with commas between, such as recordings.s3.example.com.',
    })
    .default([]),
  S3_ENDPOINT: z
    .string()
    .trim()
    .refine(isBaseUrl, { error: 'must be an https:// address (http:// is accepted for localhost only).' })
    .transform(withoutTrailingSlash)
    .optional(),
  S3_REGION: z.string().trim().min(1).default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string().trim().optional(),
  S3_SECRET_ACCESS_KEY: z.string().trim().optional(),
};

type RecordingsEnvironment = z.infer<z.ZodObject<typeof recordingsShape>>;

/** Where copies of one's own go. */
export type CopiesPlace =
  | { in: 'folder'; path: string }
  | {
      in: 's3';
      /** Address of the bucket, without a trailing slash. */
      bucketUrl: string;
      /** Before each name; empty, or with a trailing slash. */
      prefix: string;
      region: string;
      accessKeyId: string;
      secretAccessKey: string;
    };

export interface RecordingsConfig {
  /** By the direction of the call. */
  recordCalls: Readonly<Record<'outgoing' | 'incoming', boolean>>;
  /** Whether a page may ask for a call not to be recorded. */
  recordingOptOut: boolean;
  /** What the customer hears before a recorded conversation; empty for nothing. */
  announcement: readonly { language: 'ar-AE' | 'en-US'; text: string }[];
  /** Days after which recordings are deleted; undefined: never. */
  retentionDays: number | undefined;
  copies: CopiesPlace | undefined;
  /** Hosts that the carrier may redirect to for the audio, besides its own. */
  mediaHosts: readonly string[];
  /** Whether the carrier's recording is deleted once there is a copy. */
  deleteAtCarrier: boolean;
}

export function recordingsProblems(given: Record<string, string | undefined>): string[] {
  const problems: string[] = [];
  if (given['RECORDING_COPIES']?.startsWith('s3:')) {
    for (const name of ['S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY']) {
      if (given[name] === undefined)
        problems.push(`${name} is missing. RECORDING_COPIES names an S3 bucket, which needs it.`);
    }
  }
  if (given['RECORDING_DELETE_AT_CARRIER'] === 'on' && given['RECORDING_COPIES'] === undefined) {
    problems.push(
      'RECORDING_COPIES is missing. RECORDING_DELETE_AT_CARRIER would leave no recording at all without it.',
    );
  }
  return problems;
}

function copiesPlace(env: RecordingsEnvironment): CopiesPlace | undefined {
  const place = env.RECORDING_COPIES;
  if (place === undefined) return undefined;
  if (place.startsWith('file:')) return { in: 'folder', path: place.slice('file:'.length) };
  const [, bucket = '', path = ''] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(place) ?? [];
  const endpoint = env.S3_ENDPOINT ?? `https://s3.${env.S3_REGION}.amazonaws.com`;
  const prefix = path.replace(/\/+$/, '');
  return {
    in: 's3',
    bucketUrl: `${endpoint}/${bucket}`,
    prefix: prefix === '' ? '' : `${prefix}/`,
    region: env.S3_REGION,
    accessKeyId: env.S3_ACCESS_KEY_ID ?? '',
    secretAccessKey: env.S3_SECRET_ACCESS_KEY ?? '',
  };
}

export function recordingsConfig(env: RecordingsEnvironment): RecordingsConfig {
  const { RECORD_CALLS: which } = env;
  const recordCalls = {
    outgoing: which === 'on' || which === 'outgoing',
    incoming: which === 'on' || which === 'incoming',
  };
  const texts = [
    { language: 'ar-AE' as const, text: env.RECORDING_ANNOUNCEMENT_AR },
    { language: 'en-US' as const, text: env.RECORDING_ANNOUNCEMENT_EN },
  ];
  const announced = which !== 'off' && env.RECORDING_ANNOUNCEMENT === 'on';
  return {
    recordCalls,
    recordingOptOut: env.RECORDING_OPT_OUT === 'on',
    announcement: announced ? texts.filter(({ text }) => text !== '' && text !== '-') : [],
    retentionDays: env.RECORDING_RETENTION_DAYS,
    copies: copiesPlace(env),
    mediaHosts: env.RECORDING_MEDIA_HOSTS,
    deleteAtCarrier: env.RECORDING_DELETE_AT_CARRIER === 'on',
  };
}
