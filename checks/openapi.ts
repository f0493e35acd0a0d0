/** Prints the OpenAPI document, for the linters. */
import { ROUTES } from '../app/api';
import { openApiDocument } from '../app/openapi/document';

console.log(JSON.stringify(openApiDocument(ROUTES)));
