/** The analyzer takes a dispatched event whose name it cannot read for one without a name. */
const namedEventsOnly = {
  name: 'named-events-only',
  packageLinkPhase({ customElementsManifest }) {
    for (const { declarations = [] } of customElementsManifest.modules) {
      for (const declaration of declarations) {
        if (declaration.events) declaration.events = declaration.events.filter(({ name }) => name);
      }
    }
  },
};

export default {
  globs: [
    'widget/element/almasar-dialer.ts',
    'widget/element/events.ts',
    'widget/element/asides/recording-event.ts',
    'widget/call-log/almasar-call-log.ts',
    'widget/call-log/events.ts',
  ],
  outdir: 'dist',
  litelement: true,
  packagejson: false,
  plugins: [namedEventsOnly],
};
