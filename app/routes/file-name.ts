import * as z from 'zod';
import { NAME_PATTERN } from '../history/record-name';

export const FileName = z
  .string()
  .regex(new RegExp(NAME_PATTERN))
  .meta({ id: 'FileName', description: 'The name of a file: include-me-<UUIDv7>.txt.' });
