/**
 * JSX of React 19 and later: `"types": ["almasar-dialer/react"]` in tsconfig.json.
 *
 * Text, numbers and switches are attributes by their HTML names. What is not (`getAuthToken`) is a property, which
 * React sets only on an element that is defined already: set it by `ref`, unless the widget is imported before the page is drawn.
 */
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { Attributes, EventName, Kebab, Properties, Tag } from './elements.ts';

type Events<Name extends Tag> = {
  [Event in EventName as `on${Event}`]?: (
    event: HTMLElementEventMap[Event] & { readonly currentTarget: HTMLElementTagNameMap[Name] },
  ) => void;
};

/** Properties without an attribute. */
type Others<Name extends Tag> = {
  [
    Key in keyof Properties<Name> & string as Kebab<Key> extends keyof Attributes<Name> ? never : Key
  ]?: Properties<Name>[Key];
};

type Html<Element> = Omit<DetailedHTMLProps<HTMLAttributes<Element>, Element>, `on${EventName}`>;

/** The JSX properties of every element of the widget, by tag. */
export type AlmasarElements = {
  [Name in Tag]: Html<HTMLElementTagNameMap[Name]> & Attributes<Name> & Others<Name> & Events<Name>;
};

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends AlmasarElements {}
  }
}
