using System.Text;
using System.Xml.Linq;

namespace Elman.Reports.Tests;

public sealed class HtmlReportTests
{
    public static TheoryData<string> Names => ["classifier", "many classes", "many channels", "one case", "hostile", "forecaster", "empty"];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_page_is_well_formed_and_needs_nothing_else(string name)
    {
        string text = TextOf(ReportOf(name));
        XElement page = Parse(text);
        Assert.Equal("en", page.Attribute("lang")!.Value);
        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName is "script" or "link" or "img" or "iframe");
        Assert.All(page.Descendants("a"), link => Assert.StartsWith("#", link.Attribute("href")!.Value));
        Assert.DoesNotContain("http:", text);
        Assert.DoesNotContain("https:", text);
        Assert.DoesNotContain("url(", text);
        Assert.DoesNotContain("NaN", text);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Headings_are_in_order_and_landmarks_and_ids_are_unique(string name)
    {
        XElement page = Parse(TextOf(ReportOf(name)));
        int[] levels = [.. page.Descendants().Where(element => element.Name.LocalName is "h1" or "h2" or "h3")
            .Select(element => element.Name.LocalName[1] - '0')];
        Assert.Equal(1, levels[0]);
        Assert.Single(levels, 1);
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1));
        foreach (string landmark in (string[])["main", "header", "nav", "footer"])
            Assert.Single(page.Descendants(landmark));
        string[] ids = [.. page.Descendants().Select(element => element.Attribute("id")?.Value).OfType<string>()];
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(page.Descendants("a"), link => Assert.Contains(link.Attribute("href")!.Value[1..], ids));
        Assert.All(page.Descendants().SelectMany(element => element.Attribute("aria-labelledby")?.Value.Split(' ') ?? []),
            id => Assert.Contains(id, ids));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Pictures_have_a_title_and_a_description_and_tables_a_caption_and_scopes(string name)
    {
        XElement page = Parse(TextOf(ReportOf(name)));
        Assert.All(page.Descendants("svg"), picture =>
        {
            Assert.Equal("img", picture.Attribute("role")!.Value);
            Assert.NotEmpty(picture.Element("title")!.Value);
            Assert.NotEmpty(picture.Element("desc")!.Value);
        });
        Assert.All(page.Descendants("table"), table => Assert.NotEmpty(table.Element("caption")!.Value));
        Assert.All(page.Descendants("th"), heading => Assert.Contains(heading.Attribute("scope")!.Value, (string[])["row", "col"]));
        Assert.All(page.Descendants("tbody").Elements("tr"), row =>
            Assert.Equal(row.Parent!.Parent!.Element("thead")!.Element("tr")!.Elements().Count(), row.Elements().Count()));
    }

    [Fact]
    public void Sections_are_in_the_order_of_the_questions()
    {
        XElement page = Parse(TextOf(Reports.Classifier()));
        Assert.Equal(
            ["score", "training", "parts", "cases", "calibration", "importance", "data", "model", "repeat"],
            page.Descendants("section").Select(section => section.Attribute("id")!.Value));
        Assert.Equal(["score", "parts", "forecasts", "importance", "data"],
            Parse(TextOf(Reports.Forecaster())).Descendants("section").Select(section => section.Attribute("id")!.Value));
    }

    [Fact]
    public void Text_of_the_data_is_never_markup()
    {
        string text = TextOf(Reports.Classifier(name: Reports.Hostile));
        Assert.DoesNotContain("<script", text);
        Assert.DoesNotContain('\u001b', text);
        Assert.DoesNotContain('\u202E', text);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", text);
    }

    [Fact]
    public void Positions_in_pictures_are_finite_and_inside()
    {
        foreach (string name in Names.Select(row => row.Data))
        {
            foreach (XElement picture in Parse(TextOf(ReportOf(name))).Descendants("svg"))
            {
                double[] box = [.. picture.Attribute("viewBox")!.Value.Split(' ').Select(Number)];
                foreach (XAttribute place in picture.Descendants().Attributes()
                    .Where(attribute => attribute.Name.LocalName is "x" or "y" or "x1" or "x2" or "y1" or "y2" or "cx" or "cy"))
                    Assert.InRange(Number(place.Value), -1, Math.Max(box[2], box[3]) + 1);
                Assert.All(picture.Descendants("path"), path => Assert.DoesNotMatch("NaN|∞|Inf", path.Attribute("d")!.Value));
            }
        }
    }

    [Fact]
    public void Pictures_are_files_of_their_own()
    {
        Dictionary<string, byte[]> files = ReportPictures.Of(Reports.Classifier())
            .ToDictionary(file => file.FileName, file => file.Content);
        Assert.Equal(["calibration.svg", "confusion_matrix.svg", "results.svg"], files.Keys.Order());
        Assert.All(files.Values, file =>
        {
            XElement picture = XDocument.Parse(Encoding.UTF8.GetString(file)).Root!;
            Assert.Equal("http://www.w3.org/2000/svg", picture.Name.NamespaceName);
            Assert.Single(picture.Elements(picture.Name.Namespace + "style"));
        });
        Assert.Equal(["results.svg", "forecast.svg"], ReportPictures.Of(Reports.Forecaster()).Select(file => file.FileName));
        Assert.Empty(ReportPictures.Of(Reports.Empty()));
    }

    private static Report ReportOf(string name) => name switch
    {
        "many classes" => Reports.Classifier(classes: 50, cases: 120),
        "many channels" => Reports.Classifier(channels: 80),
        "one case" => Reports.Classifier(classes: 2, cases: 1),
        "hostile" => Reports.Classifier(name: Reports.Hostile + new string('x', 300)),
        "forecaster" => Reports.Forecaster(),
        "empty" => Reports.Empty(),
        _ => Reports.Classifier(),
    };

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static string TextOf(Report report)
    {
        using var stream = new MemoryStream();
        HtmlReport.Write(stream, report);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>The page is XML, too, but for the elements of its head that are never closed.</summary>
    private static XElement Parse(string text)
    {
        string[] lines = [.. text.Split('\n').Skip(1)];
        string xml = string.Join('\n', lines);
        xml = System.Text.RegularExpressions.Regex.Replace(xml, "<meta [^>]*>", "");
        return XDocument.Parse(xml).Root!;
    }
}
