rem What every remedy for bare systems can do: cmd and the programs of System32, nothing else. No text that depends
rem on the language of Windows is read: services are judged by the number of their state, all else by exit codes.
rem Arguments come in KB_A1, KB_A2 ..., never on a command line, so that nothing in them is read twice.
rem A dry run leaves every routine before its line "changes from here".

:kb_main
set "KB_DRY=0"
set "KB_YES=0"
set "KB_KEEP=0"
set "KB_TASK=run"
set "KB_RUN="
set "KB_STAMP="
set "KB_ONLY="
set "KB_ACTED=0"
set "KB_STUCK="
set "KB_FAILED="
set "KB_REASON="
set "KB_SHOW="
:kb_options
if "%~1"=="" goto kb_options_end
set "KB_KNOWN=0"
for %%O in (--dry-run -WhatIf /WhatIf) do if /i "%~1"=="%%O" set "KB_DRY=1"
for %%O in (--undo -Undo /Undo) do if /i "%~1"=="%%O" set "KB_TASK=undo"
for %%O in (--yes -Yes /Yes) do if /i "%~1"=="%%O" set "KB_YES=1"
for %%O in (--keep -Keep /Keep) do if /i "%~1"=="%%O" set "KB_KEEP=1"
for %%O in (--dry-run -WhatIf /WhatIf --undo -Undo /Undo --yes -Yes /Yes --keep -Keep /Keep) do if /i "%~1"=="%%O" set "KB_KNOWN=1"
if "%KB_KNOWN%"=="0" goto kb_help
shift
goto kb_options
:kb_options_end
rem A test sets KBALERTZ_ROOT: the folders of Windows are then below it.
set "KB_SYS=%SystemRoot%\System32"
if exist "%SystemRoot%\Sysnative\reg.exe" set "KB_SYS=%SystemRoot%\Sysnative"
set "KB_WINDOWS=%SystemRoot%"
set "KB_SYSTEM32=%KB_SYS%"
set "KB_PROGRAMDATA=%ProgramData%"
if not defined KB_PROGRAMDATA set "KB_PROGRAMDATA=%SystemDrive%\ProgramData"
if defined KBALERTZ_ROOT set "KB_WINDOWS=%KBALERTZ_ROOT%\Windows"
if defined KBALERTZ_ROOT set "KB_SYSTEM32=%KBALERTZ_ROOT%\Windows\System32"
if defined KBALERTZ_ROOT set "KB_PROGRAMDATA=%KBALERTZ_ROOT%\ProgramData"
set "KB_HOME=%KB_PROGRAMDATA%\kbalertz-remedies\%KB_ID%"
if defined KBALERTZ_STATE set "KB_HOME=%KBALERTZ_STATE%\%KB_ID%"
if not "%KB_ADMINISTRATOR%"=="1" goto kb_allowed
if defined KBALERTZ_ROOT goto kb_allowed
rem Only administrators can read the profile of the account Local Service (S-1-5-19).
"%KB_SYS%\reg.exe" query HKU\S-1-5-19 >nul 2>&1
if not errorlevel 1 goto kb_allowed
echo This needs an administrator: open the command prompt with "Run as administrator". Nothing was changed.
exit /b 1
:kb_allowed
if "%KB_TASK%"=="undo" goto kb_take_back

call :kb_last_run
if not defined KB_RUN goto kb_none_open
if exist "%KB_RUN%\finished" goto kb_none_open
if exist "%KB_RUN%\undone" goto kb_none_open
echo An earlier run did not end: "%KB_RUN%". Take it back first, with -Undo. Nothing was changed.
exit /b 1
:kb_none_open
set "KB_RUN="
set "KB_STAMP="
call :kb_introduce
if "%KB_DRY%"=="1" goto kb_dry_run
call :kb_open_run
if errorlevel 1 exit /b 1
call :kb_plan
if errorlevel 1 goto kb_give_up
set "KB_MARK=finished"
call :kb_mark
set "KB_SAY=Is the fault gone?"
call :kb_say
call :kb_verify
if defined KB_FAILED goto kb_unverified
set "KB_SAY=STATE: new. All steps are done and verified. -Undo takes everything back."
call :kb_say
call :kb_close
exit /b 0
:kb_unverified
set "KB_SAY=STATE: new. All steps are done, but the fault is not gone. -Undo takes everything back."
call :kb_say
exit /b 4
:kb_dry_run
call :kb_plan
if errorlevel 1 goto kb_dry_stop
echo Dry run: nothing was changed.
exit /b 0
:kb_dry_stop
echo It would stop here: %KB_REASON% "%KB_SHOW%"
exit /b 2

:kb_help
echo   (no option)  does it, keeps backups, verifies; takes everything back where a step fails
echo   -WhatIf      says what it would do and writes nothing
echo   -Undo        takes back the last run
echo   -Yes         answers its questions with yes
echo   -Keep        where a step fails: stays there instead of taking back the steps before
exit /b 1

:kb_give_up
set "KB_STOPPED=%KB_N%"
set "KB_SAY=Step %KB_N% failed: %KB_REASON%"
call :kb_say_path
if "%KB_KEEP%"=="1" set "KB_ONLY=%KB_N%"
call :kb_undo_plan
if defined KB_STUCK goto kb_mixed
if "%KB_KEEP%"=="1" goto kb_kept
set "KB_MARK=undone"
call :kb_mark
set "KB_SAY=STATE: old. Everything that was done has been taken back."
call :kb_say
exit /b 2
:kb_kept
set "KB_SAY=STATE: new before step %KB_STOPPED%, old from step %KB_STOPPED% on. -Undo takes back the rest."
call :kb_say
exit /b 3
:kb_mixed
set "KB_SAY=STATE: mixed. Old after step %KB_STUCK%, new before it; -Undo goes on from there once the cause is gone."
call :kb_say
exit /b 3

:kb_take_back
call :kb_last_run
if not defined KB_RUN goto kb_nothing_to_take_back
if exist "%KB_RUN%\undone" goto kb_nothing_to_take_back
if "%KB_DRY%"=="1" goto kb_dry_take_back
call :kb_undo_plan
if defined KB_STUCK goto kb_mixed
set "KB_MARK=undone"
call :kb_mark
set "KB_SAY=STATE: old. Everything was taken back."
call :kb_say
exit /b 0
:kb_nothing_to_take_back
echo There is no run of this script to take back. Nothing was changed.
exit /b 1
:kb_dry_take_back
echo Would take back the run %KB_STAMP%. Dry run: nothing was changed.
exit /b 0

rem --- runs ---

:kb_last_run
set "KB_RUN="
set "KB_STAMP="
set "KB_HIGHEST=0"
for /f "delims=" %%D in ('dir /b /ad "%KB_HOME%" 2^>nul') do call :kb_consider "%%D"
if defined KB_STAMP set "KB_RUN=%KB_HOME%\%KB_STAMP%"
exit /b 0
:kb_consider
set "KB_NUMBER="
for /f "tokens=1 delims=-" %%N in ("%~1") do set "KB_NUMBER=%%N"
set "KB_LETTERS="
for /f "delims=0123456789" %%N in ("%KB_NUMBER%") do set "KB_LETTERS=%%N"
if defined KB_LETTERS exit /b 0
if not defined KB_NUMBER exit /b 0
if %KB_NUMBER% leq %KB_HIGHEST% exit /b 0
set "KB_HIGHEST=%KB_NUMBER%"
set "KB_STAMP=%~1"
exit /b 0

rem The digits of date and time in the order of the system; the number before them tells which run is the last.
:kb_open_run
set /a KB_NUMBER=KB_HIGHEST+1
set "KB_REST=%DATE%%TIME%"
set "KB_DIGITS="
:kb_next_digit
if not defined KB_REST goto kb_digits_end
set "KB_CHAR=%KB_REST:~0,1%"
set "KB_REST=%KB_REST:~1%"
for %%X in (0 1 2 3 4 5 6 7 8 9) do if "%KB_CHAR%"=="%%X" set "KB_DIGITS=%KB_DIGITS%%%X"
goto kb_next_digit
:kb_digits_end
set "KB_STAMP=%KB_NUMBER%-%KB_DIGITS%"
mkdir "%KB_HOME%\%KB_STAMP%"
if exist "%KB_HOME%\%KB_STAMP%\*" goto kb_run_open
echo "%KB_HOME%\%KB_STAMP%" could not be made. Nothing was changed.
exit /b 1
:kb_run_open
set "KB_RUN=%KB_HOME%\%KB_STAMP%"
set "KB_SAY=%KB_TITLE% (%KB_MODE%). Backups and log:"
set "KB_SHOW=%KB_RUN%"
call :kb_say_path
exit /b 0

:kb_say
echo %KB_SAY%
if not defined KB_RUN exit /b 0
>>"%KB_RUN%\log.txt" echo %DATE% %TIME% %KB_SAY%
exit /b 0

:kb_say_path
echo %KB_SAY% "%KB_SHOW%"
if not defined KB_RUN exit /b 0
>>"%KB_RUN%\log.txt" echo %DATE% %TIME% %KB_SAY% "%KB_SHOW%"
exit /b 0

:kb_mark
>"%KB_RUN%\%KB_MARK%" echo %KB_N%
exit /b 0

:kb_began
>"%KB_RUN%\%KB_N%.began" echo %KB_N%
if exist "%KB_RUN%\%KB_N%.began" exit /b 0
set "KB_REASON=the log can't be written"
exit /b 1

rem In a dry run: says what would be done, and ends with 0.
:kb_would
if "%KB_DRY%"=="0" exit /b 1
set "KB_ACTED=1"
echo        would do it: "%KB_SHOW%"
exit /b 0

:kb_pass_over
if "%KB_NEED%"=="optional" goto kb_passed_over
set "KB_REASON=there is none:"
exit /b 1
:kb_passed_over
set "KB_SAY=       nothing to do, there is none:"
call :kb_say_path
exit /b 0

rem --- conditions ---

rem While a dry run has passed over changes, later conditions say nothing yet.
:kb_expect
if not "%KB_DRY%%KB_ACTED%"=="11" goto kb_expect_now
echo        would check: %KB_WORDS%
exit /b 0
:kb_expect_now
call :kb_is_%KB_CONDITION%
if not errorlevel 1 exit /b 0
set "KB_REASON=this does not hold: %KB_WORDS%"
set "KB_SHOW=%KB_A1%"
exit /b 1

:kb_verify_that
call :kb_is_%KB_CONDITION%
if errorlevel 1 goto kb_not_verified
set "KB_SAY=  yes  %KB_WORDS%"
call :kb_say
exit /b 0
:kb_not_verified
set "KB_SAY=  NO   %KB_WORDS%"
call :kb_say
set "KB_FAILED=1"
exit /b 0

:kb_is_path_exists
if exist "%KB_A1%" exit /b 0
exit /b 1
:kb_is_path_missing
if not exist "%KB_A1%" exit /b 0
exit /b 1
:kb_is_service_running
call :kb_query
if "%KB_STATE%"=="running" exit /b 0
exit /b 1
:kb_is_service_stopped
call :kb_query
if "%KB_STATE%"=="stopped" exit /b 0
exit /b 1
:kb_is_tool_succeeds
call :kb_try_tool
exit /b %errorlevel%
rem Nothing on a bare system tells free space in a form without language: the person looks.
:kb_is_free_space
if "%KB_YES%"=="1" exit /b 0
if "%KB_DRY%"=="1" exit /b 0
set "KB_ANSWER=n"
set /p KB_ANSWER=Are %KB_A2% MB free at "%KB_A1%"? [y/n] 
set "KB_ANSWER=%KB_ANSWER:"=%"
if /i "%KB_ANSWER:~0,1%"=="y" exit /b 0
exit /b 1

rem The state of the service KB_A1: absent, stopped (1), running (4) or other. It is the number in the third line;
rem what stands around it depends on the language.
:kb_query
set "KB_STATE=other"
"%KB_SYS%\sc.exe" query "%KB_A1%" >nul 2>&1
if errorlevel 1 set "KB_STATE=absent"
if "%KB_STATE%"=="absent" exit /b 0
set "KB_LINE=0"
for /f "tokens=2 delims=:" %%S in ('""%KB_SYS%\sc.exe" query "%KB_A1%""') do call :kb_read_line "%%S"
exit /b 0
:kb_read_line
set /a KB_LINE=KB_LINE+1
if not "%KB_LINE%"=="3" exit /b 0
for /f "tokens=1" %%S in ("%~1") do set "KB_STATE=%%S"
if "%KB_STATE%"=="1" set "KB_STATE=stopped"
if "%KB_STATE%"=="4" set "KB_STATE=running"
exit /b 0

:kb_wait_for
set "KB_TRIES=30"
:kb_wait_on
call :kb_query
if "%KB_STATE%"=="%KB_WANT%" exit /b 0
set /a KB_TRIES=KB_TRIES-1
if %KB_TRIES% leq 0 exit /b 1
"%KB_SYS%\ping.exe" -n 2 127.0.0.1 >nul
goto kb_wait_on

rem --- steps ---

:kb_step
set "KB_SAY=Step %KB_N%: %KB_SAY%"
call :kb_say
exit /b 0

:kb_done
if "%KB_DRY%"=="1" exit /b 0
set "KB_MARK=%KB_N%.done"
call :kb_mark
exit /b 0

:kb_stop_service
set "KB_NEED=%KB_A2%"
set "KB_SHOW=%KB_A1%"
call :kb_query
if "%KB_STATE%"=="absent" goto kb_pass_over
if "%KB_STATE%"=="stopped" goto kb_stopped_already
call :kb_would
if not errorlevel 1 exit /b 0
rem changes from here
>"%KB_RUN%\%KB_N%.ran" echo %KB_A1%
rem Words that are no services fall out at the question whether they run.
for /f "tokens=2 delims=: " %%D in ('""%KB_SYS%\sc.exe" enumdepend "%KB_A1%" 16384 2^>nul"') do call :kb_note_dependant "%%D"
call :kb_began
if errorlevel 1 exit /b 1
"%KB_SYS%\sc.exe" stop "%KB_A1%" >>"%KB_RUN%\log.txt" 2>&1
if errorlevel 1 "%KB_SYS%\net.exe" stop "%KB_A1%" /y >>"%KB_RUN%\log.txt" 2>&1
set "KB_WANT=stopped"
call :kb_wait_for
if not errorlevel 1 exit /b 0
set "KB_REASON=the service could not be stopped:"
exit /b 1
:kb_stopped_already
echo        it does not run
exit /b 0
:kb_note_dependant
set "KB_SAVED=%KB_A1%"
set "KB_A1=%~1"
call :kb_query
if "%KB_STATE%"=="running" >>"%KB_RUN%\%KB_N%.ran" echo %KB_A1%
set "KB_A1=%KB_SAVED%"
exit /b 0

rem Starts KB_A1, and what ran with it when step KB_FROM stopped it.
:kb_start_again
call :kb_start_one "%KB_A1%"
set "KB_WANT=running"
call :kb_wait_for
if errorlevel 1 exit /b 1
if not exist "%KB_RUN%\%KB_FROM%.ran" exit /b 0
for /f "usebackq skip=1 delims=" %%D in ("%KB_RUN%\%KB_FROM%.ran") do call :kb_start_one "%%D"
exit /b 0
:kb_start_one
"%KB_SYS%\sc.exe" start "%~1" >>"%KB_RUN%\log.txt" 2>&1
exit /b 0

:kb_undo_stop_service
if not exist "%KB_RUN%\%KB_N%.ran" exit /b 0
set "KB_FROM=%KB_N%"
goto kb_start_again

:kb_start_service
set "KB_NEED=%KB_A3%"
set "KB_SHOW=%KB_A1%"
call :kb_would
if not errorlevel 1 exit /b 0
if "%KB_A2%"=="0" goto kb_start_now
if exist "%KB_RUN%\%KB_A2%.ran" goto kb_start_now
echo        it did not run before
exit /b 0
:kb_start_now
call :kb_query
if "%KB_STATE%"=="absent" goto kb_pass_over
if "%KB_STATE%"=="running" goto kb_started_already
rem changes from here
call :kb_began
if errorlevel 1 exit /b 1
set "KB_FROM=%KB_A2%"
call :kb_start_again
if not errorlevel 1 exit /b 0
set "KB_REASON=the service could not be started:"
exit /b 1
:kb_started_already
echo        it runs
exit /b 0

:kb_undo_start_service
call :kb_query
if not "%KB_STATE%"=="running" exit /b 0
"%KB_SYS%\sc.exe" stop "%KB_A1%" >>"%KB_RUN%\log.txt" 2>&1
if errorlevel 1 "%KB_SYS%\net.exe" stop "%KB_A1%" /y >>"%KB_RUN%\log.txt" 2>&1
set "KB_WANT=stopped"
goto kb_wait_for

:kb_move_aside
set "KB_NEED=%KB_A3%"
set "KB_SHOW=%KB_A1%"
set "KB_ASIDE=%KB_A1%.kbalertz-%KB_STAMP%"
if not exist "%KB_A1%" goto kb_pass_over
call :kb_would
if not errorlevel 1 exit /b 0
if exist "%KB_ASIDE%" goto kb_taken
rem changes from here
call :kb_began
if errorlevel 1 exit /b 1
move "%KB_A1%" "%KB_ASIDE%" >nul 2>>"%KB_RUN%\log.txt"
if exist "%KB_A1%" goto kb_not_moved
if not exist "%KB_ASIDE%" goto kb_not_moved
set "KB_SAY=       kept as"
set "KB_SHOW=%KB_ASIDE%"
call :kb_say_path
exit /b 0
:kb_taken
set "KB_REASON=this is there already:"
set "KB_SHOW=%KB_ASIDE%"
exit /b 1
:kb_not_moved
set "KB_REASON=it could not be moved:"
set "KB_SHOW=%KB_A1%"
exit /b 1

:kb_undo_move_aside
set "KB_ASIDE=%KB_A1%.kbalertz-%KB_STAMP%"
if not exist "%KB_ASIDE%" exit /b 0
call :kb_make_room
if errorlevel 1 exit /b 1
move "%KB_ASIDE%" "%KB_A1%" >nul 2>>"%KB_RUN%\log.txt"
if exist "%KB_ASIDE%" exit /b 1
exit /b 0

rem What others put in the place KB_A1 since is kept under another name.
:kb_make_room
if not exist "%KB_A1%" exit /b 0
set "KB_LATER=%KB_A1%.kbalertz-%KB_STAMP%-later"
:kb_find_room
if not exist "%KB_LATER%" goto kb_room_found
set "KB_LATER=%KB_LATER%-again"
goto kb_find_room
:kb_room_found
move "%KB_A1%" "%KB_LATER%" >nul 2>>"%KB_RUN%\log.txt"
if exist "%KB_A1%" exit /b 1
set "KB_SAY=       what has come in its place since is kept as"
set "KB_SHOW=%KB_LATER%"
call :kb_say_path
exit /b 0

:kb_move_contents_aside
set "KB_NEED=%KB_A3%"
set "KB_SHOW=%KB_A1%"
set "KB_ASIDE=%KB_A1%.kbalertz-%KB_STAMP%"
if not exist "%KB_A1%\*" goto kb_pass_over
call :kb_would
if not errorlevel 1 exit /b 0
if exist "%KB_ASIDE%" goto kb_taken
rem changes from here
call :kb_began
if errorlevel 1 exit /b 1
mkdir "%KB_ASIDE%" 2>>"%KB_RUN%\log.txt"
if not exist "%KB_ASIDE%\*" goto kb_not_moved
set "KB_BAD="
set "KB_REST=%KB_A4%"
:kb_next_pattern
if not defined KB_REST goto kb_patterns_end
set "KB_PATTERN="
for /f "tokens=1" %%P in ("%KB_REST%") do set "KB_PATTERN=%%P"
set "KB_NEXT="
for /f "tokens=1,*" %%P in ("%KB_REST%") do set "KB_NEXT=%%Q"
set "KB_REST=%KB_NEXT%"
for /f "delims=" %%F in ('dir /b /a "%KB_A1%\%KB_PATTERN%" 2^>nul') do move "%KB_A1%\%%F" "%KB_ASIDE%\%%F" >nul 2>>"%KB_RUN%\log.txt"
if exist "%KB_A1%\%KB_PATTERN%" set "KB_BAD=1"
goto kb_next_pattern
:kb_patterns_end
if defined KB_BAD goto kb_not_moved
set "KB_SAY=       kept in"
set "KB_SHOW=%KB_ASIDE%"
call :kb_say_path
exit /b 0

:kb_undo_move_contents_aside
set "KB_ASIDE=%KB_A1%.kbalertz-%KB_STAMP%"
if not exist "%KB_ASIDE%\*" exit /b 0
for /f "delims=" %%F in ('dir /b /a "%KB_ASIDE%" 2^>nul') do if exist "%KB_A1%\%%F" move "%KB_A1%\%%F" "%KB_A1%\%%F.kbalertz-%KB_STAMP%-later" >nul
for /f "delims=" %%F in ('dir /b /a "%KB_ASIDE%" 2^>nul') do move "%KB_ASIDE%\%%F" "%KB_A1%\%%F" >nul
rd "%KB_ASIDE%" 2>>"%KB_RUN%\log.txt"
if exist "%KB_ASIDE%\*" exit /b 1
exit /b 0

rem Copies KB_FROM to KB_TO. A copy has its name only when it is whole.
:kb_copy
call :kb_remove_part
if exist "%KB_FROM%\*" goto kb_copy_folder
copy /b /y "%KB_FROM%" "%KB_TO%.kbalertz-part" >nul 2>>"%KB_RUN%\log.txt"
if errorlevel 1 exit /b 1
goto kb_copied
:kb_copy_folder
mkdir "%KB_TO%.kbalertz-part" 2>nul
"%KB_SYS%\xcopy.exe" "%KB_FROM%" "%KB_TO%.kbalertz-part" /e /i /h /k /r /q /y >nul 2>>"%KB_RUN%\log.txt"
if errorlevel 1 exit /b 1
:kb_copied
move "%KB_TO%.kbalertz-part" "%KB_TO%" >nul 2>>"%KB_RUN%\log.txt"
if exist "%KB_TO%" exit /b 0
exit /b 1
:kb_remove_part
if exist "%KB_TO%.kbalertz-part\*" rd /s /q "%KB_TO%.kbalertz-part"
if exist "%KB_TO%.kbalertz-part" del /f /q "%KB_TO%.kbalertz-part"
exit /b 0

:kb_copy_aside
set "KB_NEED=%KB_A2%"
set "KB_SHOW=%KB_A1%"
if not exist "%KB_A1%" goto kb_pass_over
call :kb_would
if not errorlevel 1 exit /b 0
rem changes from here
call :kb_began
if errorlevel 1 exit /b 1
set "KB_FROM=%KB_A1%"
set "KB_TO=%KB_RUN%\%KB_N%-copy"
call :kb_copy
if not errorlevel 1 exit /b 0
set "KB_REASON=it could not be copied:"
exit /b 1

rem A copy harms nobody: it stays, but never in halves.
:kb_undo_copy_aside
set "KB_TO=%KB_RUN%\%KB_N%-copy"
goto kb_remove_part

:kb_make_folder
set "KB_SHOW=%KB_A1%"
call :kb_would
if not errorlevel 1 exit /b 0
if exist "%KB_A1%\*" exit /b 0
set "KB_ASIDE=%KB_A1%"
if exist "%KB_A1%" goto kb_taken
rem changes from here
call :kb_began
if errorlevel 1 exit /b 1
mkdir "%KB_A1%" 2>>"%KB_RUN%\log.txt"
if exist "%KB_A1%\*" exit /b 0
set "KB_REASON=the folder could not be made:"
exit /b 1

:kb_undo_make_folder
if not exist "%KB_A1%" exit /b 0
rd "%KB_A1%" 2>nul
goto kb_make_room

:kb_put_back
set "KB_SHOW=%KB_A2%"
call :kb_would
if not errorlevel 1 exit /b 0
if not exist "%KB_RUN%\%KB_A1%-copy" exit /b 0
set "KB_ASIDE=%KB_A2%"
if exist "%KB_A2%" goto kb_taken
rem changes from here
call :kb_began
if errorlevel 1 exit /b 1
set "KB_FROM=%KB_RUN%\%KB_A1%-copy"
set "KB_TO=%KB_A2%"
call :kb_copy
if not errorlevel 1 exit /b 0
set "KB_REASON=it could not be written:"
exit /b 1

rem Folders can't be compared here: what was put back is moved aside then.
:kb_undo_put_back
set "KB_TO=%KB_A2%"
call :kb_remove_part
set "KB_FROM=%KB_RUN%\%KB_A1%-copy"
set "KB_A1=%KB_A2%"
if not exist "%KB_A1%" exit /b 0
if exist "%KB_A1%\*" goto kb_make_room
"%KB_SYS%\fc.exe" /b "%KB_FROM%" "%KB_A1%" >nul 2>&1
if not errorlevel 1 del /f /q "%KB_A1%"
goto kb_make_room

:kb_delete_copy
set "KB_SHOW=%KB_A1%"
call :kb_would
if not errorlevel 1 exit /b 0
rem changes from here
call :kb_began
if errorlevel 1 exit /b 1
if exist "%KB_RUN%\%KB_A1%-copy\*" rd /s /q "%KB_RUN%\%KB_A1%-copy"
if exist "%KB_RUN%\%KB_A1%-copy" del /f /q "%KB_RUN%\%KB_A1%-copy"
if not exist "%KB_RUN%\%KB_A1%-copy" exit /b 0
set "KB_REASON=the copy could not be deleted"
exit /b 1

:kb_undo_delete_copy
exit /b 0

:kb_set_registry
set "KB_SHOW=%KB_A1%\%KB_A2%"
call :kb_would
if not errorlevel 1 exit /b 0
rem changes from here
call :kb_keep_value
if errorlevel 1 exit /b 1
"%KB_SYS%\reg.exe" add "%KB_A1%" /v "%KB_A2%" /t %KB_A3% /d "%KB_A4%" /f >nul 2>>"%KB_RUN%\log.txt"
if not errorlevel 1 exit /b 0
set "KB_REASON=the value could not be set:"
exit /b 1

:kb_remove_registry
set "KB_SHOW=%KB_A1%\%KB_A2%"
call :kb_would
if not errorlevel 1 exit /b 0
rem changes from here
call :kb_keep_value
if errorlevel 1 exit /b 1
if not exist "%KB_RUN%\%KB_N%.value" exit /b 0
"%KB_SYS%\reg.exe" delete "%KB_A1%" /v "%KB_A2%" /f >nul 2>>"%KB_RUN%\log.txt"
if not errorlevel 1 exit /b 0
set "KB_REASON=the value could not be removed:"
exit /b 1

rem Keeps the present value in a file; no file: there was none.
:kb_keep_value
"%KB_SYS%\reg.exe" query "%KB_A1%" >nul 2>&1
if errorlevel 1 goto kb_no_key
"%KB_SYS%\reg.exe" query "%KB_A1%" /v "%KB_A2%" >"%KB_RUN%\value.part" 2>nul
if errorlevel 1 goto kb_began
"%KB_SYS%\find.exe" """" <"%KB_RUN%\value.part" >nul
if not errorlevel 1 goto kb_quoted_value
move /y "%KB_RUN%\value.part" "%KB_RUN%\%KB_N%.value" >nul
goto kb_began
:kb_no_key
set "KB_REASON=there is no such key:"
exit /b 1
:kb_quoted_value
set "KB_REASON=the present value has a quote, which only the PowerShell script can keep:"
exit /b 1

:kb_undo_set_registry
:kb_undo_remove_registry
if exist "%KB_RUN%\%KB_N%.value" goto kb_old_value
"%KB_SYS%\reg.exe" query "%KB_A1%" /v "%KB_A2%" >nul 2>&1
if errorlevel 1 exit /b 0
"%KB_SYS%\reg.exe" delete "%KB_A1%" /v "%KB_A2%" /f >nul 2>>"%KB_RUN%\log.txt"
if errorlevel 1 exit /b 1
exit /b 0
:kb_old_value
set "KB_BAD=1"
for /f "usebackq tokens=1,2,*" %%A in ("%KB_RUN%\%KB_N%.value") do if /i "%%A"=="%KB_A2%" "%KB_SYS%\reg.exe" add "%KB_A1%" /v "%KB_A2%" /t %%B /d "%%C" /f >nul && set "KB_BAD=0"
exit /b %KB_BAD%

rem Exit codes that count as success: KB_A1. The tool: KB_A2. Number of its arguments: KB_A3. They: KB_A4 ...
:kb_try_tool
set "KB_LOG=nul"
if defined KB_RUN set "KB_LOG=%KB_RUN%\log.txt"
goto kb_tool_%KB_A3%
:kb_tool_0
"%KB_SYS%\%KB_A2%" >>"%KB_LOG%" 2>&1
goto kb_tool_ended
:kb_tool_1
"%KB_SYS%\%KB_A2%" "%KB_A4%" >>"%KB_LOG%" 2>&1
goto kb_tool_ended
:kb_tool_2
"%KB_SYS%\%KB_A2%" "%KB_A4%" "%KB_A5%" >>"%KB_LOG%" 2>&1
goto kb_tool_ended
:kb_tool_3
"%KB_SYS%\%KB_A2%" "%KB_A4%" "%KB_A5%" "%KB_A6%" >>"%KB_LOG%" 2>&1
goto kb_tool_ended
:kb_tool_4
"%KB_SYS%\%KB_A2%" "%KB_A4%" "%KB_A5%" "%KB_A6%" "%KB_A7%" >>"%KB_LOG%" 2>&1
goto kb_tool_ended
:kb_tool_5
"%KB_SYS%\%KB_A2%" "%KB_A4%" "%KB_A5%" "%KB_A6%" "%KB_A7%" "%KB_A8%" >>"%KB_LOG%" 2>&1
goto kb_tool_ended
:kb_tool_6
"%KB_SYS%\%KB_A2%" "%KB_A4%" "%KB_A5%" "%KB_A6%" "%KB_A7%" "%KB_A8%" "%KB_A9%" >>"%KB_LOG%" 2>&1
:kb_tool_ended
set "KB_CODE=%errorlevel%"
set "KB_GOOD=0"
for %%C in (%KB_A1%) do if "%KB_CODE%"=="%%C" set "KB_GOOD=1"
if "%KB_GOOD%"=="1" exit /b 0
exit /b 1

:kb_run_tool
set "KB_SHOW=%KB_A2%"
call :kb_would
if not errorlevel 1 exit /b 0
rem changes from here
call :kb_began
if errorlevel 1 exit /b 1
call :kb_try_tool
if not errorlevel 1 exit /b 0
set "KB_REASON=the tool ended with exit code %KB_CODE%:"
exit /b 1

:kb_undo_run_tool
goto kb_try_tool

:kb_undo_nothing
if defined KB_A1 echo        stays: %KB_A1%
exit /b 0

:kb_wait
set "KB_SHOW=%KB_A1% s"
call :kb_would
if not errorlevel 1 exit /b 0
set /a KB_PINGS=KB_A1+1
"%KB_SYS%\ping.exe" -n %KB_PINGS% 127.0.0.1 >nul
exit /b 0

:kb_check
call :kb_expect
if not errorlevel 1 exit /b 0
set "KB_REASON=%KB_REASON%. %KB_OTHERWISE%"
exit /b 1

:kb_ask
if "%KB_DRY%"=="1" exit /b 0
if "%KB_YES%"=="1" exit /b 0
set "KB_ANSWER=n"
set /p KB_ANSWER=       %KB_SAY% [y/n] 
set "KB_ANSWER=%KB_ANSWER:"=%"
if /i "%KB_ANSWER:~0,1%"=="y" exit /b 0
set "KB_REASON=the answer was no"
set "KB_SHOW="
exit /b 1

rem --- undo ---

:kb_undo
if defined KB_ONLY if not "%KB_ONLY%"=="%KB_N%" exit /b 0
if not exist "%KB_RUN%\%KB_N%.began" exit /b 0
rem What was done before rests on what could not be taken back.
if defined KB_STUCK exit /b 0
set "KB_SAY=Taking back step %KB_N%: %KB_SAY%"
call :kb_say
call :kb_undo_%KB_FUNCTION%
if errorlevel 1 goto kb_stuck
move "%KB_RUN%\%KB_N%.began" "%KB_RUN%\%KB_N%.undone" >nul
exit /b 0
:kb_stuck
set "KB_SAY=       step %KB_N% could not be taken back"
call :kb_say
set "KB_STUCK=%KB_N%"
exit /b 0
