#:project ../src/Elman.Data

// Activities from an accelerometer: a table of recordings is read, cut into windows, learned, and recognised in people who were not in
// the training data. The recordings are simulated; with your own, leave out the first two lines of code and give the names of your files.
using System.Globalization;
using Elman;
using Elman.Data;

DirectoryInfo folder = Directory.CreateTempSubdirectory("activity");
string train = Record("train.csv", persons: ["ann", "bob", "cid", "dora", "eve", "finn"]), test = Record("test.csv", ["gus", "hana"]);

// A row is a step; the label may change from row to row. Windows of four seconds at 25 Hz start every two seconds. All windows of a
// recording stay together where data are divided.
var options = new DataFileOptions { LabelColumn = "activity", IdColumn = "person", Windowing = new Windowing(Length: 100, Stride: 50) };
SequenceDataset data = DataFile.Read(train, options);
Console.WriteLine($"{data.Count} windows of {data.Channels} channels ({string.Join(", ", data.ChannelNames)}) for training");

using var classifier = new SequenceClassifier(TrainingOptions.Auto);
classifier.Fit(data);
Console.WriteLine($"Chosen: {string.Join(" + ", classifier.Members.Select(member => member.Name).Distinct())}");

Evaluation result = classifier.Evaluate(DataFile.Read(test, options));
Console.WriteLine($"{result.Accuracy:P1} of {result.Cases} windows of other people are right, log loss {result.LogLoss:F4}");
foreach (ClassScore score in result.PerClass)
    Console.WriteLine($"  {score.Label,-8} recall {score.Recall:P0}, precision {score.Precision:P0}");

classifier.Save(Path.Combine(folder.FullName, "activity.safetensors"));
folder.Delete(recursive: true);

// Writes minutes of a simulated accelerometer, in g: gravity, whose direction depends on how the sensor is worn, and a movement with
// the rhythm and strength of the activity and the person.
string Record(string name, string[] persons)
{
    (string Name, double Hertz, double Strength, double Lean)[] activities =
        [("sit", 0.2, 0.01, 0.9), ("walk", 1.8, 0.25, 0.1), ("stairs", 1.5, 0.3, 0.3), ("run", 2.7, 0.8, 0.2), ("cycle", 1.3, 0.2, 0.7)];
    string path = Path.Combine(folder.FullName, name);
    using var table = new StreamWriter(path);
    table.WriteLine("person,time,ax,ay,az,activity");
    foreach (string person in persons)
    {
        var random = new SeededRandom(person.Sum(letter => letter));
        double pace = random.NextUniform(0.9, 1.1), force = random.NextUniform(0.7, 1.3), worn = random.NextUniform(-0.2, 0.2);
        int step = 0;
        foreach (var activity in activities)
        {
            double lean = activity.Lean + worn, phase = 0;
            for (int t = 0; t < 40 * 25; t++, step++)
            {
                phase += 2 * Math.PI * activity.Hertz * pace * random.NextUniform(0.8, 1.2) / 25;
                double up = activity.Strength * force * (Math.Sin(phase) + (0.4 * Math.Sin((2 * phase) + 1)));
                double ax = (0.5 * activity.Strength * Math.Sin(phase / 2)) + (0.03 * random.NextNormal());
                double ay = Math.Sin(lean) + (0.4 * up) + (0.03 * random.NextNormal());
                double az = Math.Cos(lean) + up + (0.03 * random.NextNormal());
                table.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{person},{step / 25.0:F2},{ax:F3},{ay:F3},{az:F3},{activity.Name}"));
            }
        }
    }
    return path;
}
