# Completion of {{tool}} for PowerShell: {{tool}} completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName '{{tool}}' -ScriptBlock {
    param($word, $ast, $cursor)
    $line = $ast.ToString()
    $position = $cursor - $ast.Extent.StartOffset

    # The text of a command ends before the blanks that follow it.
    $line = if ($position -lt $line.Length) { $line.Substring(0, $position) } else { $line.PadRight($position) }

    # Older versions do not pass double quotes to a program.
    $line = ($line -replace '^\s*\S+\s?', '').Replace('"', "'")
    & '{{tool}}' '[suggest]' $line 2>$null | ForEach-Object {
        [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
    }
}
