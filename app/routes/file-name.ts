import * as z from 'zod';
import { NAME_PATTERN } from '../history/record-name';
import { later } from '../later';

export const FileName = later(() =>
  z
    .string()
    .regex(new RegExp(NAME_PATTERN))
    .meta({ id: 'FileName', description: 'The name of a file: include-me-<UUIDv7>.txt.' }),
);
