### Access

access-employee = Employee
access-employee-help = You see your own findings, figures and deals.
access-lead = Team lead
access-lead-help = You see findings and figures of your groups.
access-coordinator = Coordinator
access-coordinator-help = You see all findings, pass them on and decide disputes.
access-specialist = Quality specialist
access-specialist-help = You see all deals and add findings.
access-head = Head of sales
access-head-help = You see everything in the company and check lost deals.
access-director = Director
access-director-help = You see everything in the company.
access-administrator = Administrator
access-administrator-help = You keep connections, the regulation and people's access. An administrator does not see findings.
access-client-manager = Client-relations manager
access-client-manager-help = You see deals and figures and add findings from what clients say.
access-interviewer = Interviewer
access-interviewer-help = You ask clients.
access-shopper = Mystery shopper
access-shopper-help = You do audits by a checklist.
