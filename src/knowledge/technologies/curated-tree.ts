import type { CuratedTechnology } from './curated-technology.ts';
import { readProductOutline } from './product-outline.ts';
import { azureOutline } from './products/azure.ts';
import { businessAndDeveloperOutline } from './products/business-and-developer.ts';
import { exchangeOutline } from './products/exchange.ts';
import { identityAndSecurityOutline } from './products/identity-and-security.ts';
import { microsoft365Outline } from './products/microsoft-365.ts';
import { officeOutline } from './products/office.ts';
import { otherVendorsOutline } from './products/other-vendors.ts';
import { serversOutline } from './products/servers.ts';
import { sharepointOutline } from './products/sharepoint.ts';
import { skypeOutline, teamsOutline } from './products/teams.ts';
import { browsersOutline, windowsOutline } from './products/windows.ts';

/** The tree that ships with the program, parents before their children. */
export const curatedTechnologies: readonly CuratedTechnology[] = [
  ...readProductOutline(microsoft365Outline),
  ...[exchangeOutline, officeOutline, sharepointOutline, teamsOutline, skypeOutline].flatMap((outline) =>
    readProductOutline(outline, 'microsoft-365'),
  ),
  ...[
    windowsOutline,
    browsersOutline,
    identityAndSecurityOutline,
    serversOutline,
    azureOutline,
    businessAndDeveloperOutline,
    otherVendorsOutline,
  ].flatMap((outline) => readProductOutline(outline)),
];
