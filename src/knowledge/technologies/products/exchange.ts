/** Exchange in the cloud and on premises. */
export const exchangeOutline = `
Exchange | Microsoft Exchange | MS Exchange :: Mail and calendars for organisations
  Exchange Online | abbr EXO | Exchange Server Online | Office 365 Exchange | Exchange Online via Office 365 E Plans | Exchange Online via Office 365 P Plans :: Exchange as a service of Microsoft 365
    Exchange Online Protection | abbr EOP | was Forefront Online Protection for Exchange | abbr FOPE
    Exchange Online Archiving | was Exchange Hosted Archive | abbr EOA
    Exchange Online Dedicated
    Exchange Online PowerShell | EXO V2 module | Exchange Online Management module
  Exchange Server | Exchange on-premises :: Exchange that organisations run themselves
    + 5.5, 2000, 2003, 2007, 2010, 2013, 2016, 2019
    Exchange Server Subscription Edition | Exchange Server SE | Exchange SE
  Exchange Hybrid | Hybrid Configuration Wizard | abbr HCW :: Exchange Server and Exchange Online as one organisation
  Exchange Admin Center | abbr EAC | was Exchange Control Panel
  Exchange Management Shell
  Exchange Web Services | abbr EWS
  Exchange ActiveSync | abbr EAS
  Autodiscover | Exchange Autodiscover
`;
