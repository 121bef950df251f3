/** What every state is photographed in. */
export interface Look {
  readonly name: string;
  readonly language: 'ar' | 'en';
  readonly scheme: 'light' | 'dark';
  readonly width: number;
  readonly height: number;
  readonly forced: boolean;
}

/** Docked in the corner of a page, and as a sheet on the narrowest telephone. */
const SIZES = [
  { size: 'docked', width: 520, height: 640 },
  { size: '320', width: 320, height: 568 },
] as const;

export const LOOKS: readonly Look[] = SIZES.flatMap(({ size, width, height }) =>
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
