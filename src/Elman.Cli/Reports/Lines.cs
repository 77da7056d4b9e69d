using Spectre.Console;

namespace Elman.Cli.Reports;

/// <summary>Writes lines of text: wrapped at the edge of a terminal, but not wrapped in a file or a pipe.</summary>
internal static class Lines
{
    private const int Indent = 2;

    /// <summary>Writes one line.</summary>
    public static void Write(Terminal terminal, string text, Style? style = null)
    {
        text = MessageText.Visible(text);
        if (terminal.OutputIsRich)
            terminal.Tables.Write(new Text(text + "\n", style));
        else
            terminal.Output.WriteLine(text);
    }

    /// <summary>Writes one line that a narrow terminal does not wrap, such as a command to be copied.</summary>
    public static void WriteUnbroken(Terminal terminal, string text) => terminal.Output.WriteLine(MessageText.Visible(text));

    /// <summary>Writes one indented line.</summary>
    public static void WriteIndented(Terminal terminal, string text)
    {
        text = MessageText.Visible(text);
        if (terminal.OutputIsRich)
            terminal.Tables.Write(new Padder(new Text(text), new Padding(Indent, 0, 0, 0)));
        else
            terminal.Output.WriteLine(new string(' ', Indent) + text);
    }
}
