System.IO.Compression.ZipFile.ExtractToDirectory(Repository.File("tests/Elman.Keras.Tests/Fixtures/keras_files.zip"), "files");
File.Copy("files/bi-lstm-concat.keras", "model.keras");
//: block
Expect(SequenceClassifier.Load("model.safetensors").Classes[0] == "walk");
