# What every remedy for Windows can do. Windows PowerShell 5.1 or newer and nothing else; nothing is fetched, and no
# text that depends on the language of Windows is read. Under -WhatIf every routine ends before it changes anything,
# and each cmdlet that changes something would refuse by itself, since -WhatIf holds for it, too.
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
$KbDry = [bool]$WhatIfPreference
$KbRun = $null
$KbStamp = ''
$KbNumber = 0
$KbOnly = 0
$KbActed = $false
$KbStuck = 0
$KbFailed = $false
# A test sets KBALERTZ_ROOT: the folders of Windows are then below it.
$KbSystem = Join-Path $env:SystemRoot 'System32'
if (Test-Path -LiteralPath (Join-Path $env:SystemRoot 'Sysnative\reg.exe')) { $KbSystem = Join-Path $env:SystemRoot 'Sysnative' }
$KbWindows = $env:SystemRoot
$KbSystem32 = $KbSystem
$KbProgramData = $env:ProgramData
if ($env:KBALERTZ_ROOT) {
  $KbWindows = Join-Path $env:KBALERTZ_ROOT 'Windows'
  $KbSystem32 = Join-Path $KbWindows 'System32'
  $KbProgramData = Join-Path $env:KBALERTZ_ROOT 'ProgramData'
}
$KbHome = Join-Path (Join-Path $KbProgramData 'kbalertz-remedies') $KbId
if ($env:KBALERTZ_STATE) { $KbHome = Join-Path $env:KBALERTZ_STATE $KbId }

function kb_say([string]$Text) {
  Write-Host $Text
  if ($null -ne $script:KbRun) {
    $time = [DateTime]::UtcNow.ToString('yyyy-MM-ddTHH:mm:ssZ', [Globalization.CultureInfo]::InvariantCulture)
    Add-Content -LiteralPath (Join-Path $script:KbRun 'log.txt') -Value "$time $Text" -Encoding UTF8
  }
}

function kb_fail([string]$Reason) { throw $Reason }

function kb_would([string]$What) {
  if (-not $script:KbDry) { return $false }
  $script:KbActed = $true
  kb_say "       would $What"
  return $true
}

function kb_file([string]$Name) { return Join-Path $script:KbRun $Name }
function kb_mark([string]$Name, [string[]]$Lines = @('')) {
  Set-Content -LiteralPath (kb_file $Name) -Value $Lines -Encoding UTF8
}
function kb_marked([string]$Name) { return ($null -ne $script:KbRun) -and (Test-Path -LiteralPath (kb_file $Name)) }
function kb_began { kb_mark "$script:KbNumber.began" }
function kb_exists([string]$Path) { return Test-Path -LiteralPath $Path }
function kb_is_folder([string]$Path) { return Test-Path -LiteralPath $Path -PathType Container }

function kb_place([string]$Path) {
  return $Path.Replace('{windows}', $script:KbWindows).Replace('{system32}', $script:KbSystem32).Replace('{program-data}', $script:KbProgramData)
}

function kb_pass_over([string]$Need, [string]$Reason) {
  if ($Need -ne 'optional') { kb_fail $Reason }
  kb_say "       nothing to do: $Reason"
}

# --- conditions ---

function kb_is_path_exists([string]$Path) { return kb_exists (kb_place $Path) }
function kb_is_path_missing([string]$Path) { return -not (kb_exists (kb_place $Path)) }
function kb_service([string]$Name) { return Get-Service -Name $Name -ErrorAction SilentlyContinue }
function kb_is_service_running([string]$Name) {
  $service = kb_service $Name
  return ($null -ne $service) -and ($service.Status -eq [ServiceProcess.ServiceControllerStatus]::Running)
}
function kb_is_service_stopped([string]$Name) {
  $service = kb_service $Name
  return ($null -ne $service) -and ($service.Status -eq [ServiceProcess.ServiceControllerStatus]::Stopped)
}
function kb_is_free_space([string]$Path, [string]$Megabytes) {
  $drive = New-Object IO.DriveInfo ([IO.Path]::GetPathRoot((kb_place $Path)))
  return ($drive.AvailableFreeSpace / 1048576) -ge [int]$Megabytes
}
function kb_is_tool_succeeds([string]$Codes, [string]$File) { return kb_try_tool $Codes $File $args }

# While a dry run has passed over changes, later conditions say nothing yet.
function kb_expect([string]$Words, [string]$Condition) {
  if ($script:KbDry -and $script:KbActed) {
    kb_say "       would check: $Words"
    return
  }
  $values = $args
  if (-not (& "kb_is_$Condition" @values)) { kb_fail "this does not hold: $Words" }
}

function kb_verify_that([string]$Words, [string]$Condition) {
  $values = $args
  if (& "kb_is_$Condition" @values) { kb_say "  yes  $Words" } else {
    kb_say "  NO   $Words"
    $script:KbFailed = $true
  }
}

# --- steps ---

function kb_step([int]$Number, [string]$Words) {
  $script:KbNumber = $Number
  kb_say "Step ${Number}: $Words"
}

function kb_done { if (-not $script:KbDry) { kb_mark "$script:KbNumber.done" } }

function kb_wait_for([string]$Name, [ServiceProcess.ServiceControllerStatus]$Status) {
  (kb_service $Name).WaitForStatus($Status, [TimeSpan]::FromSeconds(60))
}

function kb_stop_service([string]$Name, [string]$Need) {
  $service = kb_service $Name
  if ($null -eq $service) { kb_pass_over $Need "there is no service $Name"; return }
  if (-not (kb_is_service_running $Name)) { kb_say '       it does not run'; return }
  if (kb_would "stop $Name") { return }
  $running = @($service.DependentServices | Where-Object { $_.Status -eq [ServiceProcess.ServiceControllerStatus]::Running } | ForEach-Object { $_.Name })
  kb_mark "$script:KbNumber.ran" (@($Name) + $running)
  kb_began
  Stop-Service -Name $Name -Force -WarningAction SilentlyContinue
  kb_wait_for $Name Stopped
}

function kb_start_again([string]$Name, [string]$From) {
  $names = @($Name)
  if (kb_marked "$From.ran") { $names = @(Get-Content -LiteralPath (kb_file "$From.ran") -Encoding UTF8) }
  foreach ($one in $names) { Start-Service -Name $one -WarningAction SilentlyContinue }
  kb_wait_for $Name Running
}

function kb_undo_stop_service([string]$Name, [string]$Need) {
  if (kb_marked "$script:KbNumber.ran") { kb_start_again $Name $script:KbNumber }
}

function kb_start_service([string]$Name, [string]$From, [string]$Need) {
  if (kb_would "start $Name, where it ran before") { return }
  if (($From -ne '0') -and -not (kb_marked "$From.ran")) { kb_say '       it did not run before'; return }
  if ($null -eq (kb_service $Name)) { kb_pass_over $Need "there is no service $Name"; return }
  if (kb_is_service_running $Name) { kb_say '       it runs'; return }
  kb_began
  kb_start_again $Name $From
}

function kb_undo_start_service([string]$Name, [string]$From, [string]$Need) {
  if (-not (kb_is_service_running $Name)) { return }
  Stop-Service -Name $Name -Force -WarningAction SilentlyContinue
  kb_wait_for $Name Stopped
}

function kb_aside([string]$Path) { return "$Path.kbalertz-$script:KbStamp" }

# What others put in the place since is kept under another name.
function kb_make_room([string]$Path) {
  if (-not (kb_exists $Path)) { return }
  $later = "$Path.kbalertz-$script:KbStamp-later"
  while (kb_exists $later) { $later = "$later-again" }
  Move-Item -LiteralPath $Path -Destination $later
  kb_say "       what has come in its place since is kept as $later"
}

function kb_move_back([string]$Path, [string]$Aside) {
  if (-not (kb_exists $Aside)) { return }
  kb_make_room $Path
  Move-Item -LiteralPath $Aside -Destination $Path
}

function kb_move_aside([string]$Path, [string]$To, [string]$Need) {
  $place = kb_place $Path
  $aside = kb_aside $place
  if (-not (kb_exists $place)) { kb_pass_over $Need "there is no $place"; return }
  if (kb_would "move $place aside") { return }
  if (kb_exists $aside) { kb_fail "$aside is there already" }
  kb_began
  Move-Item -LiteralPath $place -Destination $aside
  if ((kb_exists $place) -or -not (kb_exists $aside)) { kb_fail "$place is still in its place" }
  kb_say "       kept as $aside"
}

function kb_undo_move_aside([string]$Path, [string]$To, [string]$Need) {
  $place = kb_place $Path
  kb_move_back $place (kb_aside $place)
}

function kb_move_contents_aside([string]$Path, [string]$To, [string]$Need) {
  $patterns = $args
  $folder = kb_place $Path
  $aside = kb_aside $folder
  if (-not (kb_is_folder $folder)) { kb_pass_over $Need "there is no folder $folder"; return }
  $entries = @(Get-ChildItem -LiteralPath $folder -Force | Where-Object {
      $name = $_.Name
      @($patterns | Where-Object { $name -like $_ }).Count -gt 0
    })
  if ($entries.Count -eq 0) { kb_say '       nothing matches'; return }
  if (kb_would "move $($entries.Count) out of $folder") { return }
  if (kb_exists $aside) { kb_fail "$aside is there already" }
  kb_began
  New-Item -ItemType Directory -Path $aside | Out-Null
  foreach ($entry in $entries) { Move-Item -LiteralPath $entry.FullName -Destination (Join-Path $aside $entry.Name) }
  kb_say "       moved: $($entries.Count), kept in $aside"
}

function kb_undo_move_contents_aside([string]$Path, [string]$To, [string]$Need) {
  $folder = kb_place $Path
  $aside = kb_aside $folder
  if (-not (kb_exists $aside)) { return }
  foreach ($entry in @(Get-ChildItem -LiteralPath $aside -Force)) { kb_move_back (Join-Path $folder $entry.Name) $entry.FullName }
  Remove-Item -LiteralPath $aside
}

# A copy has its name only when it is whole.
function kb_copy([string]$From, [string]$Target) {
  kb_remove_part $Target
  Copy-Item -LiteralPath $From -Destination "$Target.kbalertz-part" -Recurse -Force
  Move-Item -LiteralPath "$Target.kbalertz-part" -Destination $Target
}

function kb_remove_part([string]$Target) {
  if (kb_exists "$Target.kbalertz-part") { Remove-Item -LiteralPath "$Target.kbalertz-part" -Recurse -Force }
}

# Names, lengths and contents: what tells whether a copy is as it was made.
function kb_list_contents([string]$Path) {
  if (-not (kb_is_folder $Path)) { return (Get-FileHash -LiteralPath $Path -Algorithm SHA256).Hash }
  return @(Get-ChildItem -LiteralPath $Path -Recurse -Force | Sort-Object FullName | ForEach-Object {
      $hash = ''
      if (-not $_.PSIsContainer) { $hash = (Get-FileHash -LiteralPath $_.FullName -Algorithm SHA256).Hash }
      $_.FullName.Substring($Path.Length) + ' ' + $hash
    }) -join "`n"
}

function kb_copy_aside([string]$Path, [string]$Need) {
  $place = kb_place $Path
  if (-not (kb_exists $place)) { kb_pass_over $Need "there is no $place"; return }
  if (kb_would "copy $place") { return }
  kb_began
  kb_copy $place (kb_file "$script:KbNumber-copy")
  kb_say "       copied to $(kb_file "$script:KbNumber-copy")"
}

# A copy harms nobody: it stays, but never in halves.
function kb_undo_copy_aside([string]$Path, [string]$Need) { kb_remove_part (kb_file "$script:KbNumber-copy") }

function kb_make_folder([string]$Path) {
  $place = kb_place $Path
  if (kb_would "make the folder $place, where there is none") { return }
  if (kb_is_folder $place) { kb_say '       it is there'; return }
  if (kb_exists $place) { kb_fail "$place is there and no folder" }
  kb_began
  New-Item -ItemType Directory -Path $place | Out-Null
}

function kb_undo_make_folder([string]$Path) {
  $place = kb_place $Path
  if (-not (kb_exists $place)) { return }
  if (@(Get-ChildItem -LiteralPath $place -Force).Count -eq 0) { Remove-Item -LiteralPath $place } else { kb_make_room $place }
}

function kb_put_back([string]$From, [string]$Path) {
  $place = kb_place $Path
  if (kb_would "put the copy back as $place") { return }
  $copy = kb_file "$From-copy"
  if (-not (kb_exists $copy)) { kb_say '       there was nothing to copy'; return }
  if (kb_exists $place) { kb_fail "$place is there already" }
  kb_began
  kb_copy $copy $place
}

function kb_undo_put_back([string]$From, [string]$Path) {
  $place = kb_place $Path
  kb_remove_part $place
  if (-not (kb_exists $place)) { return }
  if ((kb_list_contents (kb_file "$From-copy")) -eq (kb_list_contents $place)) { Remove-Item -LiteralPath $place -Recurse -Force } else { kb_make_room $place }
}

function kb_delete_copy([string]$From) {
  if (kb_would 'delete the copy') { return }
  kb_began
  $copy = kb_file "$From-copy"
  if (kb_exists $copy) { Remove-Item -LiteralPath $copy -Recurse -Force }
}

function kb_undo_delete_copy([string]$From) { }

# The former value goes to a file with its kind; no file: there was none.
function kb_keep_value([string]$Key, [string]$Name) {
  $item = Get-Item -LiteralPath "Registry::$Key"
  if ($item.GetValueNames() -contains $Name) {
    $kept = @{
      Kind  = $item.GetValueKind($Name)
      Value = $item.GetValue($Name, $null, [Microsoft.Win32.RegistryValueOptions]::DoNotExpandEnvironmentNames)
    }
    Export-Clixml -InputObject $kept -LiteralPath (kb_file "$script:KbNumber.value")
  }
  kb_began
}

function kb_full_key([string]$Key) {
  return $Key.Replace('HKLM\', 'HKEY_LOCAL_MACHINE\').Replace('HKCU\', 'HKEY_CURRENT_USER\')
}

function kb_set_registry([string]$Key, [string]$Name, [string]$Type, [string]$Data) {
  $full = kb_full_key $Key
  if (kb_would "set $Key\$Name") { return }
  if (-not (Test-Path -LiteralPath "Registry::$full")) { kb_fail "there is no key $Key" }
  kb_keep_value $full $Name
  $kinds = @{ REG_DWORD = 'DWord'; REG_SZ = 'String'; REG_EXPAND_SZ = 'ExpandString' }
  New-ItemProperty -LiteralPath "Registry::$full" -Name $Name -PropertyType $kinds[$Type] -Value $Data -Force | Out-Null
}

function kb_remove_registry([string]$Key, [string]$Name) {
  $full = kb_full_key $Key
  if (kb_would "remove $Key\$Name") { return }
  if (-not (Test-Path -LiteralPath "Registry::$full")) { kb_fail "there is no key $Key" }
  kb_keep_value $full $Name
  if (kb_marked "$script:KbNumber.value") { Remove-ItemProperty -LiteralPath "Registry::$full" -Name $Name }
}

function kb_put_value_back([string]$Key, [string]$Name) {
  $full = kb_full_key $Key
  if (kb_marked "$script:KbNumber.value") {
    $kept = Import-Clixml -LiteralPath (kb_file "$script:KbNumber.value")
    New-ItemProperty -LiteralPath "Registry::$full" -Name $Name -PropertyType ([string]$kept.Kind) -Value $kept.Value -Force | Out-Null
  } elseif ((Get-Item -LiteralPath "Registry::$full").GetValueNames() -contains $Name) {
    Remove-ItemProperty -LiteralPath "Registry::$full" -Name $Name
  }
}

function kb_undo_set_registry([string]$Key, [string]$Name, [string]$Type, [string]$Data) { kb_put_value_back $Key $Name }
function kb_undo_remove_registry([string]$Key, [string]$Name) { kb_put_value_back $Key $Name }

function kb_try_tool([string]$Codes, [string]$File, [string[]]$Values) {
  $tool = Join-Path $script:KbSystem $File
  $ErrorActionPreference = 'Continue'
  $output = & $tool @Values 2>&1 | Out-String
  $script:KbCode = $LASTEXITCODE
  if ($null -ne $script:KbRun) { Add-Content -LiteralPath (kb_file 'log.txt') -Value $output -Encoding UTF8 }
  return @($Codes.Split(' ')) -contains [string]$script:KbCode
}

function kb_run_tool([string]$Codes, [string]$File) {
  if (kb_would "run $File $args") { return }
  kb_began
  if (-not (kb_try_tool $Codes $File $args)) { kb_fail "$File ended with exit code $script:KbCode" }
}

function kb_undo_run_tool([string]$Codes, [string]$File) {
  if (-not (kb_try_tool $Codes $File $args)) { kb_fail "$File ended with exit code $script:KbCode" }
}

function kb_undo_nothing([string]$Reason) { if ($Reason) { kb_say "       stays: $Reason" } }

function kb_wait([string]$Seconds) {
  if (kb_would "wait $Seconds s") { return }
  Start-Sleep -Seconds ([int]$Seconds)
}

function kb_check([string]$Otherwise, [string]$Words, [string]$Condition) {
  $values = $args
  try { kb_expect $Words $Condition @values } catch { kb_fail "$($_.Exception.Message). $Otherwise" }
}

function kb_ask([string]$Question) {
  if ($script:KbDry) { kb_say "       would ask: $Question"; return }
  if ($Yes) { kb_say '       yes, as -Yes says'; return }
  if ((Read-Host "       $Question [y/n]") -notmatch '^[yY]') { kb_fail 'the answer was no' }
}

# --- undo ---

function kb_undo([int]$Number, [string]$Words, [string]$Function) {
  $values = $args
  $script:KbNumber = $Number
  if (($script:KbOnly -ne 0) -and ($script:KbOnly -ne $Number)) { return }
  if (-not (kb_marked "$Number.began")) { return }
  # What was done before rests on what could not be taken back.
  if ($script:KbStuck -ne 0) { return }
  kb_say "Taking back step ${Number}: $Words"
  try {
    & "kb_undo_$Function" @values
    Move-Item -LiteralPath (kb_file "$Number.began") -Destination (kb_file "$Number.undone")
  } catch {
    kb_say "       step $Number could not be taken back: $($_.Exception.Message)"
    $script:KbStuck = $Number
  }
}

# --- runs ---

function kb_last_run {
  $last = Get-ChildItem -LiteralPath $KbHome -Directory -ErrorAction SilentlyContinue |
    Where-Object { $_.Name -match '^\d+-' } |
    Sort-Object { [int]($_.Name.Split('-')[0]) } |
    Select-Object -Last 1
  if ($null -ne $last) {
    $script:KbRun = $last.FullName
    $script:KbStamp = $last.Name
  }
}

function kb_open_run {
  $number = 1
  if ($script:KbStamp) { $number = [int]($script:KbStamp.Split('-')[0]) + 1 }
  $script:KbStamp = "$number-" + [DateTime]::UtcNow.ToString('yyyyMMddTHHmmssZ', [Globalization.CultureInfo]::InvariantCulture)
  $run = Join-Path $KbHome $script:KbStamp
  New-Item -ItemType Directory -Path $run | Out-Null
  $script:KbRun = $run
  kb_say "$KbTitle ($KbMode). Backups and log: $run"
}

function kb_give_up([string]$Reason) {
  $stopped = $script:KbNumber
  kb_say "Step $stopped failed: $Reason"
  if ($Keep) { $script:KbOnly = $stopped }
  kb_undo_plan
  if ($script:KbStuck -ne 0) {
    kb_say_mixed
    return 3
  }
  if ($Keep) {
    kb_say "STATE: new before step $stopped, old from step $stopped on. -Undo takes back the rest."
    return 3
  }
  kb_mark 'undone'
  kb_say 'STATE: old. Everything that was done has been taken back.'
  return 2
}

function kb_say_mixed {
  kb_say "STATE: mixed. Old after step $script:KbStuck, new before it; -Undo goes on from there once the cause is gone."
}

function kb_run {
  kb_last_run
  if (($null -ne $script:KbRun) -and -not (kb_marked 'finished') -and -not (kb_marked 'undone')) {
    $open = $script:KbRun
    $script:KbRun = $null
    kb_say "An earlier run did not end: $open. Take it back first, with -Undo. Nothing was changed."
    return 1
  }
  $script:KbRun = $null
  kb_introduce
  if (($KbMegabytes -gt 0) -and -not (kb_is_free_space $KbHome $KbMegabytes)) {
    kb_say "$KbMegabytes MB must be free for backups. Nothing was changed."
    return 1
  }
  if ($KbDry) {
    try { kb_plan } catch {
      kb_say "It would stop here: $($_.Exception.Message)"
      return 2
    }
    kb_say 'Dry run: nothing was changed.'
    return 0
  }
  kb_open_run
  # What is left unset was interrupted: the finally runs at Ctrl+C, too.
  $reason = 'it was interrupted'
  try {
    kb_plan
    $reason = $null
  } catch { $reason = $_.Exception.Message } finally {
    $code = 0
    if ($null -ne $reason) { $code = kb_give_up $reason }
  }
  if ($code -ne 0) { return $code }
  kb_mark 'finished'
  kb_say 'Is the fault gone?'
  kb_verify
  if ($script:KbFailed) {
    kb_say 'STATE: new. All steps are done, but the fault is not gone. -Undo takes everything back.'
    return 4
  }
  kb_say 'STATE: new. All steps are done and verified. -Undo takes everything back.'
  kb_close
  return 0
}

function kb_take_back {
  kb_last_run
  if (($null -eq $script:KbRun) -or (kb_marked 'undone')) {
    $script:KbRun = $null
    kb_say 'There is no run of this script to take back. Nothing was changed.'
    return 1
  }
  if ($KbDry) {
    $script:KbRun = $null
    kb_say "Would take back the run $script:KbStamp. Dry run: nothing was changed."
    return 0
  }
  kb_undo_plan
  if ($script:KbStuck -ne 0) {
    kb_say_mixed
    return 3
  }
  kb_mark 'undone'
  kb_say 'STATE: old. Everything was taken back.'
  return 0
}

if ($KbAdministrator -and -not $env:KBALERTZ_ROOT) {
  # S-1-5-32-544 are the administrators in every language.
  $identity = New-Object Security.Principal.WindowsPrincipal ([Security.Principal.WindowsIdentity]::GetCurrent())
  $administrators = New-Object Security.Principal.SecurityIdentifier 'S-1-5-32-544'
  if (-not $identity.IsInRole($administrators)) {
    kb_say 'This needs an administrator: open PowerShell with "Run as administrator". Nothing was changed.'
    exit 1
  }
}
if ($Undo) { exit [int](kb_take_back | Select-Object -Last 1) }
exit [int](kb_run | Select-Object -Last 1)
