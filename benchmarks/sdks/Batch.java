import com.android.tools.r8.D8;
import com.android.tools.r8.D8Command;
import com.android.tools.r8.R8;
import com.android.tools.r8.R8Command;
import com.android.tools.r8.origin.Origin;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.Arrays;
import proguard.Configuration;
import proguard.ConfigurationParser;
import proguard.ProGuard;

/** Runs many D8, R8 and ProGuard commands in one virtual machine: a line of input each, words apart by tabs. */
public final class Batch {
    public static void main(String[] unused) throws Exception {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
        // The tools tell their progress on the output, which is kept for the answers.
        PrintStream answers = System.out;
        System.setOut(System.err);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            answers.println(run(line.split("\t")));
            answers.flush();
        }
    }

    private static String run(String[] words) {
        String[] rest = Arrays.copyOfRange(words, 1, words.length);
        try {
            if (words[0].equals("d8")) {
                D8.run(D8Command.parse(rest, Origin.root()).build());
            } else if (words[0].equals("r8")) {
                R8.run(R8Command.parse(rest, Origin.root()).build());
            } else {
                shrink(rest);
            }
            return "done";
        } catch (Exception | StackOverflowError | OutOfMemoryError error) {
            return "failed: " + String.valueOf(error).replaceAll("\\s+", " ");
        }
    }

    private static void shrink(String[] words) throws Exception {
        Configuration configuration = new Configuration();
        ConfigurationParser parser = new ConfigurationParser(words, System.getProperties());
        try {
            parser.parse(configuration);
        } finally {
            parser.close();
        }
        new ProGuard(configuration).execute();
    }
}
