# Completion of {{tool}} for fish: {{tool}} completion fish | source
function {{function}}
    set -l line (string replace -r '^\s*\S+\s' '' -- (string join ' ' -- (commandline -cp)))
    set -l found ({{tool}} '[suggest]' "$line" 2>/dev/null)
    if test (count $found) -gt 0
        printf '%s\n' $found
    else
        __fish_complete_path (commandline -ct)
    end
end

complete -c {{tool}} -e
complete -c {{tool}} -k -f -a '({{function}})'
