# Completion of {{tool}} for fish: {{tool}} completion fish | source
function {{function}}
    # Quoted as in other shells: in fish, a backslash escapes within single quotes, too.
    set -l words (commandline -opc)
    set -e words[1]
    set -l line
    for word in $words
        set -a line "'"(string replace -a -- "'" "'\\''" $word)"'"
    end

    set -l found ({{tool}} '[suggest]' (string join -- ' ' $line (commandline -ct)) 2>/dev/null)
    if test (count $found) -gt 0
        printf '%s\n' $found
    else
        __fish_complete_path (commandline -ct)
    end
end

complete -c {{tool}} -e
complete -c {{tool}} -k -f -a '({{function}})'
