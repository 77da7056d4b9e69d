using System.Text;
using Spectre.Console;

namespace Elman.Cli;

/// <summary>The environment of a command: its streams, and the properties of the terminal.</summary>
internal sealed class Terminal
{
    private const int DefaultWidth = 80;

    private readonly Lazy<int> _width;

    /// <summary>Creates the environment of a command.</summary>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    /// <param name="width">The number of characters per line of the terminal; called when first needed.</param>
    public Terminal(TextWriter output, TextWriter error, Func<int>? width = null)
    {
        Output = output;
        Error = error;
        _width = new Lazy<int>(width ?? (() => DefaultWidth));
    }

    /// <summary>Opens standard input.</summary>
    public Func<Stream> Input { get; init; } = () => Stream.Null;

    /// <summary>Standard output. It receives data and JSON exactly; text for people goes through <see cref="Reports.Lines"/> and
    /// <see cref="Reports.Tables"/>.</summary>
    public TextWriter Output { get; }

    /// <summary>Standard error.</summary>
    public TextWriter Error { get; }

    /// <summary>Whether the reader of standard output is gone, so that only work with another result should continue.</summary>
    public Func<bool> IsReaderGone { get; init; } = () => false;

    /// <summary>Whether standard output supports colours and cursor movement, and they are enabled.</summary>
    public bool OutputIsRich { get; init; }

    /// <summary>Whether standard error supports colours and cursor movement, and they are enabled.</summary>
    public bool ErrorIsRich { get; init; }

    /// <summary>The colours of a rich stream.</summary>
    public ColorSystemSupport Colors { get; init; } = ColorSystemSupport.Standard;

    /// <summary>The number of characters per line of the terminal.</summary>
    public int Width => _width.Value;

    /// <summary>Requests training to stop.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>The clock of files that name their time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Returns the value of an environment variable.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>
    /// The console for tables on standard output. It is created when first needed, so commands without tables don't pay for it.
    /// </summary>
    public IAnsiConsole Tables => field ??= CreateConsole(Output, OutputIsRich);

    /// <summary>Writes a message to standard error; names in it have no effect on the terminal.</summary>
    public void Say(string sentence) => Error.WriteLine($"elman: {MessageText.Visible(sentence)}");

    /// <summary>Writes a warning to standard error.</summary>
    public void Warn(string doubt) => Say($"warning: {doubt}");

    /// <summary>Creates the environment of the process.</summary>
    public static Terminal OfProcess(TextWriter output, TextWriter error, Func<bool> isReaderGone)
    {
        // https://no-color.org; a dumb terminal supports neither.
        bool plain = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            || Environment.GetEnvironmentVariable("TERM") == "dumb";
        ColorSystemSupport colors = ColorsOf(Environment.GetEnvironmentVariable("TERM"), Environment.GetEnvironmentVariable("COLORTERM"));
        // Otherwise .NET writes an escape sequence for its keys before the first line.
        Environment.SetEnvironmentVariable("TERM", "dumb");
        return new Terminal(output, error, ProcessWidth)
        {
            Input = StandardStreams.Input,
            IsReaderGone = isReaderGone,
            Colors = colors,
            OutputIsRich = !plain && !Console.IsOutputRedirected,
            ErrorIsRich = !plain && !Console.IsErrorRedirected,
        };
    }

    /// <summary>Creates a console that draws to a writer.</summary>
    public IAnsiConsole CreateConsole(TextWriter writer, bool rich)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = rich ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = rich ? Colors : ColorSystemSupport.NoColors,
            Interactive = rich ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new WriterOutput(writer, rich, Width),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Capabilities.Unicode = true;
        return console;
    }

    /// <summary>The colours that a terminal supports, by the usual variables.</summary>
    /// <param name="term">The value of <c>TERM</c>.</param>
    /// <param name="colorTerm">The value of <c>COLORTERM</c>.</param>
    internal static ColorSystemSupport ColorsOf(string? term, string? colorTerm) => colorTerm is "truecolor" or "24bit"
        ? ColorSystemSupport.TrueColor
        : term?.Contains("256color", StringComparison.Ordinal) == true
            ? ColorSystemSupport.EightBit
            : OperatingSystem.IsWindows() ? ColorSystemSupport.TrueColor : ColorSystemSupport.Standard;

    private static int ProcessWidth() => Screen.Width() is > 0 and int width ? width : DefaultWidth;

    private sealed class WriterOutput(TextWriter writer, bool isTerminal, int width) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => isTerminal;

        public int Width => width;

        public int Height => 24;

        public void SetEncoding(Encoding encoding)
        {
            // The writer has its encoding.
        }
    }
}
