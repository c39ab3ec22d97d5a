/** Identity, devices and protection. */
export const identityAndSecurityOutline = `
Microsoft Entra | Entra :: Identity and access in Microsoft's cloud
  Microsoft Entra ID | was Azure Active Directory | was Azure AD | abbr AAD | was Microsoft Azure Active Directory | Entra ID | was Windows Azure Active Directory | was Azure Active Directory Directories, Domains, and Objects
    Conditional Access | Microsoft Entra Conditional Access | was Azure AD Conditional Access
    Multifactor authentication | abbr MFA | Microsoft Entra multifactor authentication | was Azure Multi-Factor Authentication | Multi-factor authentication | was Azure AD Multi-Factor Authentication
    Self-service password reset | abbr SSPR | Microsoft Entra self-service password reset
    Privileged Identity Management | abbr PIM | Microsoft Entra Privileged Identity Management | was Azure AD Privileged Identity Management
    Microsoft Entra ID Protection | was Azure AD Identity Protection
    Microsoft Entra B2B | was Azure AD B2B | External identities
    Microsoft Entra application proxy | was Azure AD Application Proxy
    Seamless single sign-on | Single sign-on | abbr SSO
  Microsoft Entra Connect | was Azure AD Connect | abbr AADC | was Azure Active Directory Connect | was DirSync | was Azure Active Directory Sync | Microsoft Entra Connect Sync | Microsoft Entra Cloud Sync | Directory synchronization
  Microsoft Entra Domain Services | was Azure AD Domain Services | was Azure Active Directory Domain Services
  Microsoft Entra External ID | was Azure AD B2C | was Azure Active Directory B2C | abbr B2C
  Microsoft Entra Verified ID
  Microsoft Entra Internet Access | Microsoft Entra Private Access | Global Secure Access
  Microsoft Authenticator | Authenticator app
Microsoft Account | was Windows Live ID | was Passport
Microsoft Identity Manager | was Forefront Identity Manager | abbr MIM
Microsoft Intune | Intune | was Windows Intune | was Microsoft Endpoint Manager | was Microsoft Intune Admin Center :: Management of devices and apps
  Windows Autopilot | Autopilot
  Intune Company Portal | Company Portal
  Intune App Protection | Mobile application management | abbr MAM
  Microsoft Tunnel
  Remote Help
Configuration Manager | was System Center Configuration Manager | was Microsoft Endpoint Configuration Manager | abbr SCCM | abbr MECM | abbr ConfigMgr | was Systems Management Server | was SMS 2003 | Microsoft Configuration Manager
  + 2007, 2012, Current Branch
Microsoft Defender | Defender :: Protection of devices, mail, identities and clouds
  Microsoft Defender Antivirus | was Windows Defender | was Windows Defender Antivirus | was Microsoft Security Essentials | Defender Antivirus
  Microsoft Defender for Endpoint | was Windows Defender Advanced Threat Protection | was Microsoft Defender Advanced Threat Protection | abbr MDE | was Microsoft Defender ATP
  Microsoft Defender for Office 365 | was Office 365 Advanced Threat Protection | abbr MDO | was Office 365 ATP | Safe Links | Safe Attachments
  Microsoft Defender for Identity | was Azure Advanced Threat Protection | was Advanced Threat Analytics | abbr MDI | was Azure ATP
  Microsoft Defender for Cloud | was Azure Security Center | was Azure Defender
  Microsoft Defender for Cloud Apps | was Microsoft Cloud App Security | abbr MCAS
  Microsoft Defender Vulnerability Management
  Microsoft Defender XDR | was Microsoft 365 Defender | was Microsoft Threat Protection
Microsoft Sentinel | was Azure Sentinel
Microsoft Security Copilot | Copilot for Security
Forefront | Microsoft Forefront | Threat Management Gateway | abbr TMG | Forefront Endpoint Protection
`;
