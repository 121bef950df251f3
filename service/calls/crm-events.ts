import type { CallRecord, CrmEventType, Recording } from '../contract.ts';

function has({ recordings }: CallRecord, { recordingSid }: Recording, status: Recording['status']): boolean {
  return recordings.some((each) => each.recordingSid === recordingSid && each.status === status);
}

/** Whether something of an ended call is said anew: a wrap-up, a correction of the carrier, a deleted recording. */
function isUpdate(before: CallRecord, after: CallRecord): boolean {
  const wrapUp = ({ note, disposition, callBack }: CallRecord) => JSON.stringify([note, disposition, callBack]);
  if (wrapUp(before) !== wrapUp(after)) return true;
  const deleted = after.recordings.some((each) => each.status === 'deleted' && !has(before, each, 'deleted'));
  if (deleted || before.status !== 'ended') return deleted;
  const course = (record: CallRecord) => JSON.stringify({ ...record, recordings: [] });
  return course(before) !== course(after);
}

/** What a change of a call is for the CRM, in the order in which it is told. `before` is undefined of a new call. */
export function crmEventTypes(before: CallRecord | undefined, after: CallRecord): CrmEventType[] {
  const types: CrmEventType[] = [];
  const since = (is: (record: CallRecord) => boolean) => is(after) && !(before && is(before));
  if (since(({ ringingAt, status }) => ringingAt !== null || status === 'ringing')) types.push('call.ringing');
  if (since(({ answeredAt }) => answeredAt !== null)) types.push('call.answered');
  if (since(({ status }) => status === 'ended')) types.push('call.ended');
  if (since(({ outcome }) => outcome === 'missed' || outcome === 'voicemail')) types.push('call.missed');
  const completed = after.recordings.filter((each) => each.status === 'completed');
  if (completed.some((each) => !before || !has(before, each, 'completed'))) types.push('recording.completed');
  if (before && isUpdate(before, after)) types.push('call.updated');
  return types;
}
