import type { Recording } from '../recordings/recording.ts';
import { API_VERSION } from '../switch/call-fields.ts';
import { restTime } from './paging.ts';

function commonFields(recording: Recording, accountSid: string) {
  const { sid, callSid, status, channels, source, startTime, updatedAt, seconds } = recording;
  return {
    account_sid: accountSid,
    api_version: API_VERSION,
    call_sid: callSid,
    conference_sid: null,
    date_created: restTime(startTime),
    date_updated: restTime(updatedAt),
    start_time: restTime(startTime),
    duration: seconds < 0 ? null : String(seconds),
    sid,
    price: null,
    price_unit: 'USD',
    status,
    channels,
    source,
    error_code: null,
    encryption_details: null,
  };
}

/** As a resource of the account. `accountUrl` is where the REST API serves the account. */
export function recordingResource(accountSid: string, accountUrl: string) {
  return (recording: Recording): object => {
    const uri = `/${API_VERSION}/Accounts/${accountSid}/Recordings/${recording.sid}`;
    return {
      ...commonFields(recording, accountSid),
      uri: `${uri}.json`,
      subresource_uris: {
        transcriptions: `${uri}/Transcriptions.json`,
        add_on_results: `${uri}/AddOnResults.json`,
      },
      media_url: `${accountUrl}/Recordings/${recording.sid}`,
    };
  };
}

/** As a resource of its call. */
export function callRecordingResource(accountSid: string) {
  return (recording: Recording): object => ({
    ...commonFields(recording, accountSid),
    uri: `/${API_VERSION}/Accounts/${accountSid}/Calls/${recording.callSid}/Recordings/${recording.sid}.json`,
    track: 'both',
  });
}
