/** What every state is photographed in. */
export interface Look {
  readonly name: string;
  readonly language: 'ar' | 'en';
  readonly scheme: 'light' | 'dark';
  readonly width: number;
  readonly height: number;
  readonly forced: boolean;
}

interface Size {
  readonly size: string;
  readonly width: number;
  readonly height: number;
}

/** Both languages, both schemes and forced colours, in each of these sizes. */
function looksIn(sizes: readonly Size[]): readonly Look[] {
  return sizes.flatMap(({ size, width, height }) =>
    (['ar', 'en'] as const).flatMap((language) => [
      ...(['light', 'dark'] as const).map((scheme) => ({
        name: `${size}-${language}-${scheme}`,
        language,
        scheme,
        width,
        height,
        forced: false,
      })),
      { name: `${size}-${language}-forced`, language, scheme: 'dark' as const, width, height, forced: true },
    ]),
  );
}

/** Docked in the corner of a page, and as a sheet on the narrowest telephone. */
export const LOOKS = looksIn([
  { size: 'docked', width: 520, height: 640 },
  { size: '320', width: 320, height: 568 },
]);

/** The call log as a table, as one with less room, and as cards. */
export const LOG_LOOKS = looksIn([
  { size: 'wide', width: 1160, height: 600 },
  { size: 'middle', width: 760, height: 600 },
  { size: '320', width: 320, height: 600 },
]);
