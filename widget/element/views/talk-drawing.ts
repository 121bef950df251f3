/** What is drawn of a call under way, in a chunk of its own: a first call waits for it, and for no more than that. */
import type { CSSResult, TemplateResult } from 'lit';
import type { TalkWords } from '../../locales/messages.ts';
import { CallClock } from '../call-clock.ts';
import type { CallPartHost } from '../call-part.ts';
import { talk } from '../styles/talk.ts';
import { conversation } from './conversation.ts';
import type { Face, TalkFace } from './face.ts';

/** Gives an element that is drawn already a style more. */
export function wear({ shadowRoot }: CallPartHost, { styleSheet }: CSSResult): void {
  if (shadowRoot && styleSheet) shadowRoot.adoptedStyleSheets = [...shadowRoot.adoptedStyleSheets, styleSheet];
}

/** Draws a call under way for one element, with its clock. */
export class TalkDrawing {
  constructor(host: CallPartHost) {
    host.addController(new CallClock(host));
    wear(host, talk);
  }

  /** A look-up brings the whole drawing, so nothing is known here of the customer. */
  draw(face: Face<TalkWords> & Pick<TalkFace, 'call'>): TemplateResult {
    return conversation({ ...face, contactOf: () => undefined }, { notes: [], waiting: undefined });
  }
}
