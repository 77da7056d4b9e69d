namespace Elman.Data;

/// <summary>
/// A text with fields separated by runs of blanks and tabs; replaces each run by one blank, and removes those at the start and the end of a
/// line.
/// </summary>
internal sealed class BlankSeparated(Stream inner) : ReadingStream
{
    private bool _atLineStart = true, _hasBlank;

    public override int Read(Span<byte> buffer)
    {
        if (buffer.Length < 2)
            throw new NotSupportedException("A blank may have to be inserted before a byte: read at least two.");
        while (true)
        {
            // A pending blank needs space.
            int count = inner.Read(buffer[1..]);
            if (count == 0)
                return 0;
            int kept = Squeeze(buffer.Slice(1, count), buffer);
            if (kept > 0)
                return kept;
        }
    }

    /// <summary>
    /// Removes superfluous blanks. The source begins one byte after <paramref name="to"/>, so the target never overtakes it.
    /// </summary>
    private int Squeeze(ReadOnlySpan<byte> from, Span<byte> to)
    {
        int kept = 0;
        foreach (byte c in from)
        {
            if (c is (byte)' ' or (byte)'\t')
            {
                _hasBlank = !_atLineStart;
                continue;
            }
            bool endsLine = c is (byte)'\n' or (byte)'\r';
            if (_hasBlank && !endsLine)
                to[kept++] = (byte)' ';
            _hasBlank = false;
            to[kept++] = c;
            _atLineStart = endsLine;
        }
        return kept;
    }
}
