import type { RecordingCopies } from '../calls/recordings.ts';
import type { CopiesPlace } from '../config/recordings.ts';
import { createFolderCopies } from './recordings-in-folder.ts';
import { createS3Copies } from './recordings-on-s3.ts';

/** The place that the settings name, if they name one. */
export function createCopies(place: CopiesPlace | undefined): RecordingCopies | undefined {
  if (place === undefined) return undefined;
  return place.in === 'folder' ? createFolderCopies(place.path) : createS3Copies(place);
}
