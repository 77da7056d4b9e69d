using System.Globalization;
using System.Text;

namespace Elman.Reports.Html;

/// <summary>Writes HTML or SVG. Text and attributes are escaped; there is no way to write markup from data.</summary>
internal sealed class Markup
{
    private readonly StringBuilder _text = new();
    private readonly Stack<string> _open = new();

    /// <summary>Opens an element.</summary>
    /// <param name="name">The element.</param>
    /// <param name="attributes">Names and values; a value of <see langword="null"/> leaves the attribute out.</param>
    public Markup Open(string name, params ReadOnlySpan<(string Name, object? Value)> attributes)
    {
        Start(name, attributes);
        _text.Append('>');
        _open.Push(name);
        return this;
    }

    /// <summary>Closes the element that was opened last.</summary>
    public Markup Close()
    {
        _text.Append("</").Append(_open.Pop()).Append('>');
        return this;
    }

    /// <summary>Writes an element without content.</summary>
    public Markup Empty(string name, params ReadOnlySpan<(string Name, object? Value)> attributes)
    {
        Start(name, attributes);
        _text.Append("/>");
        return this;
    }

    /// <summary>Writes an element with text.</summary>
    public Markup Element(string name, string text, params ReadOnlySpan<(string Name, object? Value)> attributes) =>
        Open(name, attributes).Text(text).Close();

    /// <summary>Writes text.</summary>
    public Markup Text(string text)
    {
        Append(text);
        return this;
    }

    /// <summary>Starts a new line, which separates elements of a block.</summary>
    public Markup Line()
    {
        _text.Append('\n');
        return this;
    }

    /// <summary>Writes markup of this assembly: a style sheet, or the text of another instance.</summary>
    public Markup Trusted(string markup)
    {
        _text.Append(markup);
        return this;
    }

    /// <summary>The markup so far.</summary>
    public override string ToString() => _text.ToString();

    private void Start(string name, ReadOnlySpan<(string Name, object? Value)> attributes)
    {
        _text.Append('<').Append(name);
        foreach ((string attribute, object? value) in attributes)
        {
            if (value is null)
                continue;
            _text.Append(' ').Append(attribute).Append("=\"");
            Append(value switch
            {
                double number => number.ToString("0.##", CultureInfo.InvariantCulture),
                IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
                _ => value.ToString()!,
            });
            _text.Append('"');
        }
    }

    /// <summary>
    /// Escapes text. Characters that are not allowed, invisible ones that change the direction of what follows, and halves of surrogate
    /// pairs become U+FFFD.
    /// </summary>
    private void Append(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '&' => _text.Append("&amp;"),
                '<' => _text.Append("&lt;"),
                '>' => _text.Append("&gt;"),
                '"' => _text.Append("&quot;"),
                '\'' => _text.Append("&#39;"),
                '\n' or '\t' => _text.Append((char)rune.Value),
                _ when Rune.IsControl(rune) || IsUnsafe(rune.Value) => _text.Append('\uFFFD'),
                _ => _text.Append(rune.ToString()),
            };
        }
    }

    private static bool IsUnsafe(int c) =>
        (c <= char.MaxValue && MessageText.IsHidden((char)c)) || c is >= 0xFDD0 and <= 0xFDEF || (c & 0xFFFE) == 0xFFFE;
}
