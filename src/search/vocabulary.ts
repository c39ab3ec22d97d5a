import type { SourceId, TechnologyId } from '../knowledge/ids.ts';

/** What the search knows beside the documents: names that mean the same, technologies and sources by name. */
export type Vocabulary = {
  /** Each group lists names of one thing: ["Microsoft Entra ID", "Azure Active Directory", "AAD", …]. */
  readonly groups: readonly (readonly string[])[];
  readonly technologies: readonly {
    readonly id: TechnologyId;
    readonly slug: string;
    /** The name, then its aliases. */
    readonly names: readonly string[];
  }[];
  readonly sources: readonly { readonly id: SourceId; readonly name: string; readonly title: string }[];
};

/** Spellings that mean the same in any knowledge base. */
const plainEquals: readonly (readonly string[])[] = [
  ['email', 'mail'],
  ['sign in', 'log in', 'log on', 'login', 'logon', 'sign on'],
  ['sign out', 'log out', 'log off', 'logout', 'logoff'],
  ['web site', 'website'],
  ['web page', 'webpage'],
  ['file name', 'filename'],
  ['user name', 'username'],
  ['single sign-on', 'SSO'],
  ['multi-factor authentication', 'multifactor authentication', 'MFA'],
  ['non-delivery report', 'NDR'],
  ['blue screen', 'BSOD', 'bug check', 'bugcheck', 'stop error'],
];

/** The groups of a vocabulary and those that hold everywhere. */
export function listNameGroups(vocabulary: Vocabulary): readonly (readonly string[])[] {
  return [...vocabulary.groups, ...plainEquals];
}

/** Nothing is known beside the documents. */
export const emptyVocabulary: Vocabulary = { groups: [], technologies: [], sources: [] };
