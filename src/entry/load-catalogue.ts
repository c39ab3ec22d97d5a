import { join } from 'node:path';
import { loadCatalogue as readCatalogueFile } from '../sources/catalogue/load-catalogue.ts';

/** The known sources that ship with the program. Throws CatalogueError. */
export const loadCatalogue = () =>
  readCatalogueFile(join(import.meta.dirname, '../../sources.catalogue.yaml'));
