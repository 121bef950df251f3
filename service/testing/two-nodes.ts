import { createService, type Service } from '../service.ts';
import { startRestStub, type RestStub } from './rest-stub.ts';
import { startTestService, type TestService } from './test-service.ts';

export interface TwoNodes {
  rest: RestStub;
  service: TestService;
  /** Another node of the same service: the same database, and nothing else in common. */
  other: Service;
  close(): Promise<void>;
}

/** On a carrier that is asked and answers, on this machine. */
export async function startTwoNodes(): Promise<TwoNodes> {
  const rest = await startRestStub();
  const service = await startTestService({ TWILIO_API_BASE_URL: rest.url }, { backgroundEveryMs: 20 });
  const other = await createService(service.config, { backgroundEveryMs: 60_000 });
  return {
    rest,
    service,
    other,
    async close() {
      await other.close();
      await service.remove();
      await rest.close();
    },
  };
}
