using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Writes the documentation file of a package: the compiler's file without the members that callers can't see. Those that they see
/// are listed in the project's PublicAPI files, which the build compares with the sources.
/// </summary>
public sealed class PublicDocumentation : Task
{
    /// <summary>The documentation file that the compiler wrote.</summary>
    [Required]
    public string Source { get; set; }

    /// <summary>The file to write.</summary>
    [Required]
    public string Destination { get; set; }

    /// <summary>The lists of the public API.</summary>
    [Required]
    public ITaskItem[] PublicApi { get; set; }

    public override bool Execute()
    {
        var visible = new HashSet<string>(PublicApi.SelectMany(list => File.ReadLines(list.ItemSpec)).Where(IsEntry).Select(KeyOfEntry));
        XDocument document = XDocument.Load(Source, LoadOptions.PreserveWhitespace);
        foreach (XElement member in document.Descendants("member").ToList())
        {
            if (IsVisible(member.Attribute("name").Value, visible))
                continue;
            if (member.NextNode is XText space)
                space.Remove();
            member.Remove();
        }
        foreach (XText text in document.DescendantNodes().OfType<XText>().Where(text => !text.Ancestors("code").Any()))
            text.Value = Regex.Replace(text.Value, @"\n[ \t]+", "\n"); // the indentation of the sources
        Directory.CreateDirectory(Path.GetDirectoryName(Destination));
        document.Save(Destination, SaveOptions.DisableFormatting);
        return true;
    }

    private static bool IsEntry(string line) =>
        line.Length > 0 && !line.StartsWith("#", StringComparison.Ordinal) && !line.StartsWith("*REMOVED*", StringComparison.Ordinal);

    /// <summary>The name of an entry of the public API, and the number of its parameters: <c>Elman.Sequence.Sequence/2</c>.</summary>
    private static string KeyOfEntry(string line)
    {
        string entry = Regex.Replace(line, "^(~|(static|abstract|virtual|override|sealed|readonly|const) )+", "");
        int end = entry.IndexOf(" -> ", StringComparison.Ordinal), parameters = entry.IndexOfAny(new[] { '(', '[' });
        if (parameters > 0 && (end < 0 || parameters < end))
            return $"{NameOf(entry.Substring(0, parameters))}/{CountOf(entry, parameters)}";
        string name = end < 0 ? entry : entry.Substring(0, end);
        return $"{NameOf(Regex.Replace(name, @"( = .*|\.(get|set|init))$", ""))}/0";
    }

    /// <summary>Whether a member of the documentation is in the lists.</summary>
    private static bool IsVisible(string id, HashSet<string> visible)
    {
        string member = id.Substring(2);
        int parameters = member.IndexOf('(');
        string name = NameOf(parameters < 0 ? member : member.Substring(0, parameters));
        int point = name.LastIndexOf('.');
        string type = point < 0 ? "" : name.Substring(0, point), last = name.Substring(point + 1);
        if (last == "#ctor")
            name = $"{type}.{type.Substring(type.LastIndexOf('.') + 1)}";
        else if (id[0] == 'P' && parameters > 0)
            name = $"{type}.this";
        else if (last.StartsWith("op_", StringComparison.Ordinal))
            return visible.Contains($"{type}/0"); // operators are public by the rules of the language
        return visible.Contains($"{name}/{(parameters < 0 ? 0 : CountOf(member, parameters))}");
    }

    /// <summary>A name without its type parameters, as the API lists and as the documentation writes them.</summary>
    private static string NameOf(string text) => Regex.Replace(text, @"<[^<>]*>|`+\d+", "");

    /// <summary>The number of parameters in the brackets that open at an index.</summary>
    private static int CountOf(string text, int open)
    {
        int depth = 0, count = 0;
        for (int i = open; i < text.Length; i++)
        {
            if ("([{<".IndexOf(text[i]) >= 0)
                depth++;
            else if (")]}>".IndexOf(text[i]) >= 0 && --depth == 0)
                return i == open + 1 ? 0 : count + 1;
            else if (text[i] == ',' && depth == 1)
                count++;
        }
        return count + 1;
    }
}
