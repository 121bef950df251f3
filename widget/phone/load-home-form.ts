import { homeForm, type HomeForm, type NumberForms } from '../core/home-form.ts';

/** Loads how numbers are written in a country (ISO 3166-1 alpha-2). `base` is the folder of `phone/`. Rejects when there is no such file. */
export async function loadHomeForm(country: string, base: URL): Promise<HomeForm> {
  const answer = await fetch(new URL(`phone/${country}-form.json`, base));
  if (!answer.ok)
    throw new Error(`It is not known how numbers are written in ${country}: ${answer.url} answered ${answer.status}.`);
  return homeForm((await answer.json()) as NumberForms);
}
