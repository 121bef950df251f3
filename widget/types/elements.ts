/**
 * What the frameworks' types are made of: read off the element classes and their events, so that a property or an
 * event of an element is one of its JSX types at once.
 */
import type { LitElement } from 'lit';

/** Brings with it what the tags and events of this page are: the global maps that the classes add themselves to. */
export type { AlmasarDialer } from '../index.ts';

/** Names of the widget's elements. */
export type Tag = Extract<keyof HTMLElementTagNameMap, `almasar-${string}`>;

/** Names of their events. */
export type EventName = Extract<keyof HTMLElementEventMap, `almasar-${string}`>;

/** Exactly the same, `readonly` included, which assignability does not look at. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
type IsSame<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Properties that a page may set. What is a function for sure is a method; what may be undefined is a property. */
type Settable<Element> = {
  [Key in Exclude<keyof Element, keyof LitElement> & string]: Element[Key] extends (...args: never[]) => unknown
    ? never
    : IsSame<Pick<Element, Key>, Readonly<Pick<Element, Key>>> extends true
      ? never
      : Key;
}[Exclude<keyof Element, keyof LitElement> & string];

/** The properties of an element that a page may set, all optional. */
export type Properties<Name extends Tag> = {
  [Key in Settable<HTMLElementTagNameMap[Name]>]?: HTMLElementTagNameMap[Name][Key] | undefined;
};

/** `authEndpoint` → `auth-endpoint`: how the elements name their attributes. */
export type Kebab<Key extends string> = Key extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `-${Lowercase<First>}`}${Kebab<Rest>}`
  : Key;

/** The same as HTML attributes, for the properties that have one: text, numbers and switches. */
export type Attributes<Name extends Tag> = {
  [
    Key in keyof Properties<Name> & string as NonNullable<Properties<Name>[Key]> extends string | number | boolean
      ? Kebab<Key>
      : never
  ]?: Properties<Name>[Key];
};

/** `almasar-call-ended` → `AlmasarCallEnded`. */
export type Pascal<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${Capitalize<First>}${Pascal<Rest>}`
  : Capitalize<Name>;
