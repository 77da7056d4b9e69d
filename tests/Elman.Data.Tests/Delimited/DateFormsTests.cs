using System.Globalization;

namespace Elman.Data.Tests.Delimited;

/// <summary>The formats of dates in a time column.</summary>
public sealed class DateFormsTests
{
    [Theory]
    [InlineData("2024-05-31", "2024-05-31T00:00:00Z")]
    [InlineData("2024/05/31", "2024-05-31T00:00:00Z")]
    [InlineData("2024/5/1", "2024-05-01T00:00:00Z")]
    [InlineData("2024-05", "2024-05-01T00:00:00Z")]
    [InlineData("2024-05-31 07:30", "2024-05-31T07:30:00Z")]
    [InlineData("2024-05-31T07:30:05", "2024-05-31T07:30:05Z")]
    [InlineData("2024/05/31 07:30:05", "2024-05-31T07:30:05Z")]
    [InlineData("2024-05-31 07:30:05.25", "2024-05-31T07:30:05.25Z")]
    [InlineData("2024-05-31T07:30:05.1234567", "2024-05-31T07:30:05.1234567Z")]
    [InlineData("2024-05-31T07:30:05.123456789", "2024-05-31T07:30:05.1234567Z")] // what is finer than a tick
    [InlineData("2024-05-31T07:30:05Z", "2024-05-31T07:30:05Z")]
    [InlineData("2024-05-31 07:30:05 UTC", "2024-05-31T07:30:05Z")]
    [InlineData("2024-05-31 07:30:05 GMT", "2024-05-31T07:30:05Z")]
    [InlineData("2024-05-31 07:30:05+02:00", "2024-05-31T07:30:05+02:00")]
    [InlineData("2024-05-31 07:30:05 +02:00", "2024-05-31T07:30:05+02:00")]
    [InlineData("2024-05-31T07:30:05-0530", "2024-05-31T07:30:05-05:30")]
    [InlineData("2024-05-31T07:30:05.5+02", "2024-05-31T07:30:05.5+02:00")]
    [InlineData("20240531T073005", "2024-05-31T07:30:05Z")]
    public void Forms_that_begin_with_the_year_are_understood(string text, string expected)
    {
        Assert.True(new DateForms(null).TryRead(System.Text.Encoding.UTF8.GetBytes(text), out decimal ticks), text);
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture).UtcTicks, (long)Math.Floor(ticks));
    }

    [Theory]
    [InlineData("31.05.2024")]
    [InlineData("05/31/2024")]
    [InlineData("2024-13-01")]
    [InlineData("2024-02-30")]
    [InlineData("2024-05-31 25:00")]
    [InlineData("yesterday")]
    [InlineData("")]
    [InlineData("2024-05-31 07:30:05 CEST")]
    public void Other_texts_are_not_dates(string text) =>
        Assert.False(new DateForms(null).TryRead(System.Text.Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Nanoseconds_are_parts_of_a_tick()
    {
        var forms = new DateForms(null);
        forms.TryRead("2024-05-31T00:00:00.000000100"u8, out decimal first);
        forms.TryRead("2024-05-31T00:00:00.000000150"u8, out decimal second);
        Assert.Equal(0.5m, second - first);
    }

    [Theory]
    [InlineData("dd.MM.yyyy HH:mm", "31.05.2024 07:30")]
    [InlineData("%d.%m.%Y %H:%M", "31.05.2024 07:30")]
    [InlineData("%m/%d/%Y %I:%M %p", "05/31/2024 07:30 AM")]
    [InlineData("%Y%m%d%H%M", "202405310730")]
    [InlineData("yyyyMMddHHmm", "202405310730")]
    [InlineData("%d %b %Y %H:%M", "31 May 2024 07:30")]
    public void A_given_format_in_either_notation_is_read(string format, string text)
    {
        SequenceDataset data = Text.Read($"time,x\n{text},1\n", ".csv",
            new DataFileOptions { TimeFormat = format, Format = DelimitedForm.Long, Labels = LabelKind.None });
        Assert.Equal(new DateTimeOffset(2024, 5, 31, 7, 30, 0, TimeSpan.Zero), data[0].Times!.DateAt(0));
        Assert.Equal(text, data[0].Times!.TextAt(0));
        Assert.Equal(format, data.Columns!.TimeFormat);
    }

    [Theory]
    [InlineData("%d.%m.%Q", "%Q")]
    [InlineData("%d.%m.", "year")]
    [InlineData("HH:mm", "year")]
    [InlineData("dd.mm.yyyy", "month")] // minutes
    [InlineData("%d.%M.%Y", "month")]
    [InlineData("%", "unknown; supported")]
    public void A_format_that_is_none_is_refused(string format, string because) => Assert.Contains(because,
        Assert.Throws<ArgumentException>(() => TimeFormat.ToNet(format)).Message, StringComparison.Ordinal);

    [Fact]
    public void Times_are_written_in_the_finest_form_that_occurs()
    {
        SequenceDataset data = Text.Read("time,x\n2024-01-01,1\n2024-01-01 01:00,2\n2024-01-01 02:00:30,3\n", ".csv",
            new DataFileOptions { Labels = LabelKind.None, Format = DelimitedForm.Long });
        Assert.Equal(["2024-01-01 00:00:00", "2024-01-01 01:00:00", "2024-01-01 02:00:30"],
            Enumerable.Range(0, 3).Select(data[0].Times!.TextAt));
    }

    [Fact]
    public void A_time_of_another_form_is_refused_with_the_option_that_helps()
    {
        DataFileException e = Assert.Throws<DataFileException>(() => Text.Read("id,time,x,label\n1,31.05.2024 07:30,1,a\n", ".csv"));
        Assert.Contains("--time-format", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_that_look_like_days_are_warned_about_and_so_are_several_offsets()
    {
        SequenceDataset days = Text.Read("id,time,x,label\n1,20240530,1,a\n1,20240531,2,a\n1,20240601,3,a\n", ".csv");
        Assert.Contains(days.Warnings, warning => warning.Contains("--time-format yyyyMMdd", StringComparison.Ordinal));
        SequenceDataset offsets = Text.Read(
            "id,time,x,label\n1,2024-03-31T01:00:00+01:00,1,a\n1,2024-03-31T03:00:00+02:00,2,a\n", ".csv");
        Assert.Contains(offsets.Warnings, warning => warning.Contains("+01:00", StringComparison.Ordinal));
        Assert.Equal(TimeSpan.FromHours(1), offsets[0].Times!.Interval);
    }

    [Theory]
    [InlineData("Zeit", "2024-05-31 12:00", "2024-05-31 13:00", null)]
    [InlineData("fecha", "2024-05-31", "2024-06-01", null)]
    [InlineData("Datum", "31.05.2024", "01.06.2024", "dd.MM.yyyy")]
    public void A_column_that_alone_holds_dates_orders_the_steps_whatever_its_name(string name, string first, string second, string? format)
    {
        var options = new DataFileOptions { Labels = LabelKind.None, TimeFormat = format };
        SequenceDataset data = Text.Read($"load,{name}\n2,{second}\n1,{first}\n", ".csv", options);
        Assert.Equal([1, 2], data[0].Values.ToArray());
        Assert.Equal((true, name), (data.Columns!.IsLong, data.Columns.Time));
        Assert.Equal($"Field 2 ('{name}') holds dates and is read as the times of the steps; name another column (--time-column) if "
            + "that is wrong.", Assert.Single(data.Warnings));
        Assert.Empty(Text.Read($"load,{name}\n2,{second}\n1,{first}\n", ".csv", options with { Known = data.Columns }).Warnings);
        Assert.Equal([1, 2], Text.Read($"2,{second}\n1,{first}\n", ".csv", options)[0].Values.ToArray()); // without a header
    }

    [Fact]
    public void With_several_date_columns_one_must_be_named()
    {
        const string Table = "von,bis,x\n2024-05-31,2024-06-01,1\n2024-06-01,2024-06-02,2\n";
        Assert.Contains("both field 1 ('von') and field 2 ('bis') could be the time column; name one (--time-column).",
            Text.Refuse(Table, ".csv", new() { Labels = LabelKind.None }).Message, StringComparison.Ordinal);
        Assert.Contains("field 1 ('von') holds dates, so rows seem to be steps",
            Text.Refuse("von,x,label\n2024-05-31,1,a\n", ".csv").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dates_with_points_are_dates_beside_numbers_with_commas() => Assert.Equal([1.5f, 2], Text.Read(
        "date;x\n31.12.2024;1,5\n01.01.2025;2,0\n", ".csv",
        new() { Labels = LabelKind.None, DecimalSeparator = ',', TimeFormat = "dd.MM.yyyy" })[0].Values.ToArray());

    [Theory]
    [InlineData("1700000000", "unix", "seconds")]
    [InlineData("1700000000000", "unix-ms", "milliseconds")]
    [InlineData("1700000000000000", "unix-us", "microseconds")]
    [InlineData("1700000000000000000", "unix-ns", "nanoseconds")]
    [InlineData("17000", null, null)]
    [InlineData("1700000000.5", null, null)]
    public void Numbers_that_look_like_dates_are_reported_if_dates_are_of_use(string first, string? format, string? unit)
    {
        SequenceDataset data = Text.Read($"time,x\n{first},1\n", ".csv", new() { Labels = LabelKind.None });
        if (format is null)
            Assert.Empty(data.Warnings);
        else
            Assert.Equal($"The times in field 1 ('time') are read as numbers, but look like {unit} since 1970; give --time-format "
                + $"{format} if they are.", Assert.Single(data.Warnings));
        Assert.Empty(Text.Read($"time,x\n{first},1\n", ".csv", new() { Labels = LabelKind.None, Known = data.Columns }).Warnings);
        Assert.Empty(Text.Read($"id,time,x,label\na,{first},1,u\na,1,1,u\n", ".csv").Warnings);
    }
}
