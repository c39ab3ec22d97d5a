/** Other vendors' products that administrators meet beside Microsoft's, and vendors of control systems with many advisories. */
export const otherVendorsOutline = `
Linux :: Linux and what runs on it
  Debian | Debian GNU/Linux
    + 10 | Debian buster, 11 | Debian bullseye, 12 | Debian bookworm, 13 | Debian trixie
  Ubuntu | Ubuntu Server
    + 18.04 | Ubuntu 18.04 LTS, 20.04 | Ubuntu 20.04 LTS, 22.04 | Ubuntu 22.04 LTS, 24.04 | Ubuntu 24.04 LTS
  Red Hat Enterprise Linux | abbr RHEL
    + 7, 8, 9, 10
  Fedora
  SUSE Linux Enterprise Server | abbr SLES
  Rocky Linux
  AlmaLinux
  Alpine Linux
  Arch Linux
  systemd | systemd-journald
  OpenSSH | SSH
  GRUB
apt | dpkg
PostgreSQL | Postgres
  + 12, 13, 14, 15, 16, 17, 18
MySQL
MariaDB
MongoDB
Redis | Valkey
Elasticsearch | Elastic Stack
SQLite
Oracle Database
nginx
Apache HTTP Server | Apache httpd
HAProxy
Docker | Docker Engine | Docker Desktop
Kubernetes | abbr K8s
Git
Node.js
Python
Java | OpenJDK
TLS | was SSL | Transport Layer Security
Let's Encrypt | Certbot | ACME protocol
Postfix
Dovecot
Samba
OpenSSL
Jenkins
GitLab
Ansible
Terraform
Grafana
Prometheus
WordPress
VMware | VMware by Broadcom
  VMware vSphere | vSphere
  VMware ESXi | ESXi
  VMware vCenter Server | vCenter Server | abbr vCSA
  VMware Workstation
  VMware Horizon
Proxmox VE | Proxmox Virtual Environment | Proxmox
Citrix
  Citrix Virtual Apps and Desktops | was XenApp | was XenDesktop
  NetScaler | was Citrix ADC
Veeam | Veeam Backup & Replication
Cisco | Cisco Systems
Fortinet
Palo Alto Networks
Juniper Networks
Aruba Networks
Dell
HPE | Hewlett Packard Enterprise
Lenovo
Apple
  macOS | was OS X | was Mac OS X
  iOS
  iPadOS
Google Workspace | was G Suite
  Gmail
Google Chrome | Chrome
Mozilla Firefox | Firefox
Mozilla Thunderbird | Thunderbird
Android
Adobe Acrobat | Adobe Reader | Acrobat Reader
Zoom | Zoom Workplace
Slack
Siemens
  Siemens SIMATIC | SIMATIC
  Siemens SINEC | SINEC
  Siemens SCALANCE | SCALANCE
  Siemens RUGGEDCOM | RUGGEDCOM
  Siemens SIPROTEC | SIPROTEC
  Siemens Desigo
Schneider Electric
Rockwell Automation | Allen-Bradley
Mitsubishi Electric
ABB
Hitachi Energy
Honeywell
Emerson
Yokogawa
Delta Electronics
Advantech
Moxa
Johnson Controls
AVEVA
CODESYS
Philips
Omron
General Electric | GE
Phoenix Contact
WAGO
B. Braun
Becton Dickinson | BD
Medtronic
`;
