import { microphoneAllowedHere } from '../microphone-trouble.ts';
import { GOOD, type Finding, type Step } from './check-run.ts';

function failed(problem: Finding['problem'] & string, detail: string): Finding {
  return { status: 'failed', problem, detail };
}

export const securePage: Step = {
  needs: [],
  look: () => Promise.resolve(isSecureContext ? GOOD : failed('insecure-page', location.protocol)),
};

export const permissionsPolicy: Step = {
  needs: ['secure-page'],
  look: () =>
    Promise.resolve(
      microphoneAllowedHere() ? GOOD : failed('microphone-not-allowed-here', 'Permissions-Policy: microphone'),
    ),
};
