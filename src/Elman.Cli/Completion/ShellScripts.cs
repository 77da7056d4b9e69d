namespace Elman.Cli.Completion;

/// <summary>The scripts that make a shell complete the command lines of the tool.</summary>
internal static class ShellScripts
{
    /// <summary>The shells, in the order of the help text.</summary>
    public static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "fish", "pwsh"];

    /// <summary>Returns the script for a shell, one of <see cref="Shells"/>.</summary>
    public static string For(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        _ => PowerShell,
    };

    private const string Bash = """
        # Completion of elman in bash. Load it with: source <(elman completion bash)
        _elman_complete()
        {
            local IFS=$'\n' line="${COMP_LINE:0:COMP_POINT}" word prefix
            COMPREPLY=($("$1" "[suggest:${#line}]" "$line" 2>/dev/null))
            # Where a colon or an equals sign ends a word, bash replaces only what follows.
            word="${line##* }"
            prefix="${word%"${word##*[:=]}"}"
            [[ -n $prefix && ( $COMP_WORDBREAKS == *:* || $COMP_WORDBREAKS == *=* ) ]] && COMPREPLY=("${COMPREPLY[@]#"$prefix"}")
            return 0
        }
        complete -o filenames -o default -F _elman_complete elman

        """;

    private const string Zsh = """
        #compdef elman
        # Completion of elman in zsh. Load it with: source <(elman completion zsh)
        _elman_complete()
        {
            local line="${(j: :)words[1,CURRENT]}"
            local -a items
            items=("${(@f)$("$words[1]" "[suggest:${#line}]" "$line" 2>/dev/null)}")
            items=(${items:#})
            if (( $#items )); then
                compadd -f -- $items
            else
                _files
            fi
        }
        compdef _elman_complete elman

        """;

    private const string Fish = """
        # Completion of elman in fish. Load it with: elman completion fish | source
        function __elman_complete
            set -l line (commandline -cp | string collect)
            elman "[suggest:"(string length -- $line)"]" "$line" 2>/dev/null
        end
        complete -c elman -f -a '(__elman_complete)'

        """;

    private const string PowerShell = """
        # Completion of elman in PowerShell. Load it with: elman completion pwsh | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName elman -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            $line = $commandAst.ToString().PadRight($cursorPosition)
            elman "[suggest:$cursorPosition]" "$line" 2>$null | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }

        """;
}
