/** Windows on desktops and on servers, and the components that have their own troubles. */
export const windowsOutline = `
Windows | Microsoft Windows | Windows client :: Windows on desktops and laptops
  Windows 11
    Windows 11 version 25H2 | Windows 11 25H2
    Windows 11 version 24H2 | Windows 11 24H2
    Windows 11 version 23H2 | Windows 11 23H2
    Windows 11 version 22H2 | Windows 11 22H2
    Windows 11 version 21H2 | Windows 11 21H2
    Windows 11 SE
  Windows 10
    Windows 10 version 22H2 | Windows 10 22H2
    Windows 10 version 21H2 | Windows 10 21H2
    Windows 10 version 21H1 | Windows 10 21H1
    Windows 10 version 20H2 | Windows 10 20H2
    Windows 10 version 2004 | Windows 10 2004
    Windows 10 version 1909 | Windows 10 1909
    Windows 10 version 1903 | Windows 10 1903
    Windows 10 version 1809 | Windows 10 1809
    Windows 10 version 1803 | Windows 10 1803
    Windows 10 version 1709 | Windows 10 1709
    Windows 10 version 1703 | Windows 10 1703
    Windows 10 version 1607 | Windows 10 1607
    Windows 10 version 1511 | Windows 10 1511
    Windows 10 version 1507 | Windows 10 1507
    Windows 10 Enterprise LTSC | Windows 10 LTSC | was Windows 10 LTSB
    Windows 10 IoT | Windows IoT | Windows IoT Enterprise | was Windows Embedded
  Windows 8.1
  Windows 8 | Windows RT | Surface RT
  Windows 7
  Windows Vista
  Windows XP
  Windows 2000 | Windows 2000 Professional
  Windows NT | Windows NT 4.0
  Windows Me | Windows Millennium Edition
  Windows 98
  Windows 95
  Windows Phone | Windows 10 Mobile | Windows Mobile
Windows Server | Microsoft Windows Server :: Windows on servers
  Windows Server 2025
  Windows Server 2022
    Windows Server 2022 Datacenter Azure Edition
  Windows Server 2019
  Windows Server 2016
  Windows Server 2012 R2
  Windows Server 2012
  Windows Server 2008 R2
  Windows Server 2008
  Windows Server 2003 R2
  Windows Server 2003
  Windows 2000 Server | Windows Server 2000
  Windows Server Essentials | was Windows Small Business Server | abbr SBS | Small Business Server 2011
  Windows Server version 23H2 | was Windows Server version 20H2 | was Windows Server version 1909 | Windows Server Annual Channel | Windows Server Semi-Annual Channel
  Azure Stack HCI | Azure Local
  Active Directory | was Active Directory Domain Services | abbr AD DS | Domain controller | abbr AD
    Active Directory Federation Services | abbr AD FS | abbr ADFS
    Active Directory Certificate Services | abbr AD CS | abbr ADCS
    Active Directory Lightweight Directory Services | abbr AD LDS | was Active Directory Application Mode
    Kerberos
    NTLM
    LDAP
  Hyper-V | Microsoft Hyper-V | Hyper-V Server | abbr VMMS
  Failover Clustering | Windows Server Failover Cluster | abbr WSFC
  Storage Spaces Direct | abbr S2D | Storage Spaces | Storage Replica
  DFS | Distributed File System | DFS Replication | abbr DFSR | DFS Namespaces | File Replication Service
  Windows Server Update Services | abbr WSUS | was Software Update Services
  Internet Information Services | abbr IIS | IIS Media Services 2.0 | IIS Media Services 3.0 | IIS Media Services
  Remote Desktop Services | abbr RDS | was Terminal Services | Remote Desktop Session Host | abbr RDSH
  Network Policy Server | abbr NPS | RADIUS
  Routing and Remote Access | abbr RRAS | Always On VPN | DirectAccess
  Windows Admin Center | abbr WAC
  Windows Deployment Services | abbr WDS
  Key Management Service | abbr KMS | Volume Activation | Volume Activation Management Tool | abbr VAMT
Windows Components :: Parts of Windows that desktops and servers share
  Windows Update | Microsoft Update | Windows Update Agent | abbr WUA
    Windows Update for Business | abbr WUfB
    Windows Autopatch
    Component-Based Servicing | abbr CBS | DISM | Deployment Image Servicing and Management
    Microsoft Update Catalog
  Windows Activation
  Windows Hello | Windows Hello for Business | abbr WHfB
  Windows Installer | MSI
  Windows PowerShell | PowerShell 5.1
  Windows Search | Windows Search Service
  Windows Subsystem for Linux | abbr WSL
  Windows Firewall | Windows Defender Firewall
  Windows Time | Windows Time Service | abbr W32Time | NTP
  Windows Backup | Windows Server Backup | Volume Shadow Copy Service | abbr VSS
  Windows Error Reporting | abbr WER
  Windows Sandbox
  Windows Terminal
  Windows Management Instrumentation | abbr WMI | Windows Remote Management | abbr WinRM
  BitLocker | BitLocker Drive Encryption
  Credential Guard
  DNS | Domain Name System | Windows DNS Server | DNS Server | DNS client
  DHCP | Dynamic Host Configuration Protocol | DHCP Server
  Group Policy | abbr GPO | Group Policy Objects | abbr GPMC
  TCP/IP | Windows Networking | TCP IP | Winsock
  SMB | Server Message Block | File sharing
  Printing | Print Spooler | Print spooler service | Windows printing
  Remote Desktop | Remote Desktop Protocol | abbr RDP | Remote Desktop Connection | Remote Desktop client | was Terminal Services client
  Task Scheduler
  Event Viewer | Event Log
  File Explorer | was Windows Explorer
  Microsoft Store | was Windows Store
  DirectX
  User Profiles | User Profile Service | FSLogix
  Windows Setup | Windows Upgrade | Sysprep | Windows Deployment
  Blue screen | Stop error | abbr BSOD | Bug check
  Windows App
  User Experience Virtualization | abbr UE-V
  Application Virtualization | abbr App-V | Application Virtualization for Windows Desktops | App-V 5.0 for Windows Desktops | App-V 5.0
`;
export const browsersOutline = `
Microsoft Edge | Edge | Edge Chromium | MS Edge
  Microsoft Edge Legacy | was Spartan
  Internet Explorer mode | IE mode
  WebView2 | Microsoft Edge WebView2
Internet Explorer | Microsoft Internet Explorer | abbr IE
  + 6, 7, 8, 9, 10, 11
`;
