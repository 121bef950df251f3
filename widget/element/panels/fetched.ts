import type { ReactiveControllerHost, TemplateResult } from 'lit';
import { problemOf } from '../../core/problem-error.ts';
import type { ProblemCode } from '../../core/state.ts';

/** How each stage of it is drawn. `value` of before is at hand while it is being fetched again, or could not be. */
interface Stages<Value> {
  loading: () => TemplateResult;
  failed: (code: ProblemCode) => TemplateResult;
  ready: (value: Value) => TemplateResult;
}

/** Something that has to be asked for, may take a while, and may fail; the answer to an older request is dropped. */
export class Fetched<Value> {
  #value: Value | undefined;
  #problem: ProblemCode | null = null;
  #run = 0;
  readonly #host: ReactiveControllerHost;
  readonly #fetch: () => Promise<Value>;

  constructor(host: ReactiveControllerHost, fetch: () => Promise<Value>) {
    this.#host = host;
    this.#fetch = fetch;
  }

  get value(): Value | undefined {
    return this.#value;
  }

  /** Why it could not be fetched when it was tried last. */
  get problem(): ProblemCode | null {
    return this.#problem;
  }

  /** What was fetched stays until it is replaced. */
  async refresh(): Promise<void> {
    const run = ++this.#run;
    this.#problem = null;
    this.#host.requestUpdate();
    try {
      const value = await this.#fetch();
      if (run !== this.#run) return;
      this.#value = value;
    } catch (error) {
      if (run !== this.#run) return;
      this.#problem = problemOf(error).code;
    }
    this.#host.requestUpdate();
  }

  /** Nothing that still comes is wanted any more. */
  close(): void {
    this.#run++;
  }

  render({ loading, failed, ready }: Stages<Value>): TemplateResult {
    if (this.#value !== undefined) return ready(this.#value);
    return this.#problem ? failed(this.#problem) : loading();
  }
}
