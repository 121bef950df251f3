import type { ReactiveController } from 'lit';
import type { AlmasarDialer } from './element/almasar-dialer.ts';

/** Fetches what makes numbers in plain text clickable for the first element that asks for it (`detect-numbers`). */
export function detectWhenAsked(element: AlmasarDialer, base: URL): void {
  let asked = false;
  const controller: ReactiveController = {
    hostUpdated() {
      if (asked || !element.detectNumbers) return;
      asked = true;
      import('./number-detection.ts').then(
        ({ NumberDetection }) => new NumberDetection(element, base),
        // Numbers stay plain text, as they are without the attribute; the next update tries again.
        () => (asked = false),
      );
    },
  };
  element.addController(controller);
}
