/**
 * Templates of Vue 3: `"types": ["almasar-dialer/vue"]` in tsconfig.json, and among the options of Vue's compiler
 * `isCustomElement: (tag) => tag.startsWith('almasar-')`.
 *
 * Properties by their own names; in a template `auth-endpoint="…"` or, for a function, `:get-auth-token.prop="…"`.
 */
import type { HTMLAttributes, PublicProps } from 'vue';
import type { EventName, Pascal, Properties, Tag } from './elements.ts';

type Events = { [Event in EventName as `on${Pascal<Event>}`]?: (event: HTMLElementEventMap[Event]) => void };

type Element<Name extends Tag> = new () => HTMLElementTagNameMap[Name] & {
  $props: HTMLAttributes & PublicProps & Properties<Name> & Events;
};

/** The elements of the widget as Vue's components, by tag. */
export type AlmasarComponents = { [Name in Tag]: Element<Name> };

declare module 'vue' {
  interface GlobalComponents extends AlmasarComponents {}
}
