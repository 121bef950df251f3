/** In order; apart from what they do, which is loaded where one of them is still to be done. */
export const MIGRATION_NAMES = [
  '0001-call-log',
  '0002-call-revision',
  '0003-agents-day',
  '0004-log-revision',
  '0005-dial-limits',
  '0006-recordings',
  '0007-operators-log',
  '0008-installation',
  '0009-reconciliation',
  '0010-request-counts',
  '0012-open-calls',
  '0013-dialed-at-once',
  '0014-phone-commands',
  '0015-events-by-call',
  '0016-own-names',
  '0025-delivered-events',
  '0050-outgoing-stop',
  '0051-call-backs',
  '0052-call-backs-by-number',
] as const;

export type MigrationName = (typeof MIGRATION_NAMES)[number];
