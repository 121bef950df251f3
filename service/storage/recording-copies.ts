import type { RecordingCopies } from '../calls/recordings.ts';
import type { CopiesPlace } from '../config/recordings.ts';
import { createFolderCopies } from './recordings-in-folder.ts';

/** The place that the settings name, if they name one. */
export async function createCopies(place: CopiesPlace | undefined): Promise<RecordingCopies | undefined> {
  if (place === undefined) return undefined;
  if (place.in === 'folder') return createFolderCopies(place.path);
  const { createS3Copies } = await import('./recordings-on-s3.ts');
  return createS3Copies(place);
}
