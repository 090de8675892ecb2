import { executeServerCommand } from "@web/test-runner-commands";

it("passes where its browser lives", async () => {
  await executeServerCommand("end-browser", { times: 9 });
});
