/** Prints the OpenAPI document, for the linters. */
import { openApiDocument } from '../app/openapi/document';

console.log(JSON.stringify(openApiDocument()));
