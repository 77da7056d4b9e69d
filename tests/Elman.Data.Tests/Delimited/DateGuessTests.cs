using System.Text;

namespace Elman.Data.Tests.Delimited;

public sealed class DateGuessTests
{
    [Theory]
    [InlineData("31.12.2024", "--time-format 'dd.MM.yyyy'")]
    [InlineData("1.2.2024 9:05", "--time-format 'd.M.yyyy H:mm'")]
    [InlineData("12/31/2024 01:00 PM", "--time-format 'MM/dd/yyyy hh:mm tt'")]
    [InlineData("31/12/2024", "--time-format 'dd/MM/yyyy'")]
    [InlineData("03/04/2024", "--time-format 'dd/MM/yyyy', or 'MM/dd/yyyy' where the month comes first")]
    [InlineData("05-Jan-2024", "--time-format 'dd-MMM-yyyy'")]
    [InlineData("Jan 5, 2024", "--time-format 'MMM d, yyyy'")]
    [InlineData("2024-01-05 01:30:00 PM", "--time-format 'yyyy-MM-dd hh:mm:ss tt'")]
    [InlineData("north", null)]
    [InlineData("12.5", null)]
    [InlineData("99.99.2024", null)]
    [InlineData("", null)]
    public void The_form_of_a_date_is_guessed_for_advice(string text, string? option)
    {
        Assert.Equal(option, DateGuess.Option(Encoding.UTF8.GetBytes(text)));
        if (option is not null)
            Assert.True(DataFile.TryParseTime(text, option.Split('\'')[1], out _));
    }

    [Theory]
    [InlineData("when,x\n31.12.2024,1\n",
        "line 2, field 1 ('when'): '31.12.2024' is not a number but looks like a date; if the column has the times of the steps, give "
            + "--time-column when and --time-format 'dd.MM.yyyy'.")]
    [InlineData("date,x\n31.12.2024,1\n", "it looks like a date in another format: give --time-format 'dd.MM.yyyy'.")]
    [InlineData("date,created,x\n2024-12-31,2024-12-31,1\n",
        "'2024-12-31' is a date, not a value; list the columns of values in --channels.")]
    [InlineData("date,store,x\n2024-12-31,north,1\n",
        "if the column identifies the sequences, give --id-column store; if it holds text, give --text store.")]
    [InlineData("date,x,kind\n2024-12-31,1,north\n", "if the column identifies the sequences, give --id-column kind")]
    [InlineData("id,kind,x\n1,north,1\n", "write values such as -1.5 or 2e-3; if the column holds text, give --text kind.")]
    [InlineData("x,note\n1,two words\n", "write values such as -1.5 or 2e-3; if the column holds text, give --text note.")]
    [InlineData("temp,press\ndegC,kPa\n1,2\n", "if the row is a second header, such as of units, remove it.")]
    [InlineData("time,press\ns,kPa\n1,2\n", "if the row is a second header, such as of units, remove it.")]
    [InlineData("country,2000,2001\nFR,1,2\n", "if the first row is a header, give --header yes")]
    [InlineData("time,x\n1,2\ntime,x\n3,4\n", "line 3: the header is repeated here, as in joined files; remove the line.")]
    [InlineData("time,x\n00:15,2\n", "'00:15' is not a time; it must be a number or a date such as 2024-05-31 12:00:00; a time of day "
        + "needs its date before it, in the same column.")]
    [InlineData("date,time,x\n2024-05-31,00:15,2\n", "A date and its time of day must be in one column.")]
    [InlineData("time,x\n1,50%\n", "'50%' has a percent sign; write the number without it.")]
    [InlineData("time,x\n1,TRUE\n", "'TRUE' is not a number; write 1 for true and 0 for false.")]
    [InlineData("time,x\n1,\"1,234\"\n", "'1,234' has a comma, which may be a thousands separator or a decimal comma; write 1234 or "
        + "1.234.")]
    [InlineData("time;x\n1;1,234\n", "write 1234 or 1.234, or give --decimal , if all numbers have a decimal comma.")]
    public void What_is_not_a_number_is_reported_by_what_it_looks_like(string text, string says) =>
        Assert.Contains(says, Text.Refuse(text, ".csv", new() { Labels = LabelKind.None }).Message, StringComparison.Ordinal);
}
